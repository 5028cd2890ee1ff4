"""What the machine does: services, views, delivery, jobs, web, CLI and the sandbox."""
