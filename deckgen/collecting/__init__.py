"""What came back, gathered into one table: files, folders and archives of workbooks."""
