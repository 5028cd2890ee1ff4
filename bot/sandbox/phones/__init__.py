"""What people do on their phones, as Python calls and over HTTP for the page."""
