"""What the product serves over HTTP: the webhook, health and metrics."""
