"""The needs of training: seen by human resources and by superiors, and what each does about them."""
