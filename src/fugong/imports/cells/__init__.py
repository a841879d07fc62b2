"""What the cells of a sheet mean: headers, marks, values, rows."""
