"""Pure formatting: values in, words for the screen out. No queries, no request, no wall clock."""
