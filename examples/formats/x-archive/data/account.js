window.YTD.account.part0 = [ { "account" : { "username" : "ErdingtonWMP", "accountId" : "900100200" } } ]
