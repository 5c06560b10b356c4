"""The API as a whole: errors, paging, rate limits, safe retries, its document."""
