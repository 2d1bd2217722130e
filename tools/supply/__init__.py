"""What the project is built from: known weaknesses, licences, the bill of materials."""
