"""Many posts: batches of Arrow (``arrow``), a resumable audit on one machine (``audit``), Spark (``spark``)."""
