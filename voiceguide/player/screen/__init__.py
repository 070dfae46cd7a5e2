"""What is shown while a session plays: pictures, plain lines, and the thread that draws."""
