"""While somebody writes: watching the folder, and a page in the browser that follows."""
