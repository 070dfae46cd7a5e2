"""The guide's own words, by language: data in, text out."""
