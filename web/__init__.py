"""What any page needs. It holds no tables and knows no gathering."""
