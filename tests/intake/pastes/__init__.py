"""What word processors put on the clipboard, one HTML file each, made in the shape each of them writes."""
