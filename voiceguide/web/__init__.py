"""The application on the phone: what is served, to whom, and how; it is handed who renders."""
