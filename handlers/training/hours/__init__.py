"""Who lacks training hours: seen by human resources and by superiors."""
