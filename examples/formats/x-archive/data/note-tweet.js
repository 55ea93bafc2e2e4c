window.YTD.note_tweet.part0 = [
  {
    "noteTweet" : {
      "noteTweetId" : "1899999999999999999",
      "createdAt" : "2026-05-06T18:30:00.000Z",
      "core" : { "text" : "A long account of our week, which began with a stall at the market and went on with a visit to 24 Larch Street, where the kettle was on.", "urls" : [ ], "mentions" : [ ], "hashtags" : [ ] }
    }
  }
]
