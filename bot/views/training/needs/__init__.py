"""A unit's needs of training: the reasons in words, the screens, the talks, the notice."""
