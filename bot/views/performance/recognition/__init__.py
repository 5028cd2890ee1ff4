"""The words of recognitions."""
