window.YTD.tweets.part0 = [
  {
    "tweet" : {
      "id_str" : "1900000000000000001",
      "full_text" : "Tea &amp; talk at the library on Friday 🚓 Details: https://t.co/abcDEF1234",
      "created_at" : "Mon May 04 09:15:00 +0000 2026",
      "lang" : "en",
      "entities" : { "urls" : [ { "url" : "https://t.co/abcDEF1234", "expanded_url" : "https://library.example/friday", "display_url" : "library.example/friday", "indices" : [ "50", "73" ] } ], "user_mentions" : [ ], "hashtags" : [ ] }
    }
  },
  {
    "tweet" : {
      "id_str" : "1900000000000000002",
      "full_text" : "Ring the team on 07700 900461 &lt;any time&gt;",
      "created_at" : "Tue May 05 10:00:00 +0000 2026",
      "edit_info" : { "edit" : { "initialTweetId" : "1900000000000000001" } },
      "entities" : { "urls" : [ ] }
    }
  },
  {
    "tweet" : {
      "id_str" : "1900000000000000003",
      "full_text" : "A long account of our week, which began with a stall at the market and went on with a visit to… https://t.co/zzzZZZ9999",
      "created_at" : "Wed May 06 18:30:00 +0000 2026",
      "entities" : { "urls" : [ { "url" : "https://t.co/zzzZZZ9999", "expanded_url" : "https://x.com/i/web/status/1900000000000000003", "display_url" : "x.com/i/web/status/1…" } ] }
    }
  },
  {
    "tweet" : {
      "id_str" : "1900000000000000004",
      "full_text" : "Our new van. https://t.co/pic0000001",
      "created_at" : "Thu May 07 08:00:00 +0000 2026",
      "entities" : { "urls" : [ ], "media" : [ { "url" : "https://t.co/pic0000001", "media_url_https" : "https://pbs.example/media/van.jpg", "type" : "photo" } ] },
      "extended_entities" : { "media" : [ { "url" : "https://t.co/pic0000001", "media_url_https" : "https://pbs.example/media/van.jpg", "type" : "photo" } ] }
    }
  },
  {
    "tweet" : {
      "id_str" : "1900000000000000005",
      "full_text" : "Out on foot this morning.",
      "created_at" : "Fri May 08 08:00:00 +0000 2026",
      "coordinates" : { "type" : "Point", "coordinates" : [ "-1.8361", "52.5242" ] },
      "entities" : { "urls" : [ ] }
    }
  }
]
