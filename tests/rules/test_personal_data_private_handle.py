"""Accounts of private people."""

from __future__ import annotations

import pytest
from personal_data_checks import findings, identifier_checks

module = pytest.importorskip("wmp_postlint.rules.personal_data.private_handle")
RULE = module.PrivateHandle()

FOUND = (
    "The suspect is «@johnny_gunz21» on TikTok",
    "his insta is «@mr.smithy»",
    "her Snapchat name: «@kels_99»",
    "the witness «@jo_bloggs7» saw it all",
    "«@jo_bloggs7» was robbed at knifepoint",
    "Cheers «@jo_bloggs7» for the dashcam",
    "thanks to «@jo_bloggs7» and «@mate22» for reporting it",
    "a teenager, «@kayleigh_b», is helping us",
    "Sam's Facebook is «@samtaylor92»",
    "victim's Instagram: «@lil_em04»",
    "«@mrs_k_1»'s car was keyed",
    "«@dan_the_man» got arrested, lol",
    "the owner «@val_hughes» wants her dog back",
    "My neighbour «@nosy_ned» filmed it",
    "his username is «@bikeboy_0121»",
    "His wife «@suzie_q1» called us",
    "her twitter handle is «kelly_x1»",
    "the victim, «@jopc»",
)
SILENT = (
    "Thanks @BCFC for the tickets",
    "@jo_bloggs7 thanks for following",
    "Congratulations @jo_bloggs7 on your new job",
    "the driver of the @NXWestMidlands bus was hit",
    "Victim support from @VictimSupport",
    "Owner? Check @StolenRide",
    "man @BrumPolice",
    "our driver @TrafficWMP is off",
    "follow @jo_bloggs7 for running tips",
    "The lady is @WestMidlandsFire's chief",
    "the winner @jo_bloggs7",
    "via @jo_bloggs7",
    "📷 @jo_bloggs7",
    "Happy birthday to our friend @CllrJones!",
    "cc @jo_bloggs7 @x_y_z",
    "Thanks to @CllrKhan for reporting the potholes",
    "@PCBloggsWMP was assaulted on duty",
    "Q&A with @InspJones tonight",
    "Thanks @HighwaysWMIDS for the footage",
    "the victim, @bbcmtd",
    "the victim, @crimestoppersuk",
    "the victim, @xpolice",
    "the victim, @samzoo",
    "@jo_b7 for reporting it",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT)


def test_a_reply_may_name_whom_it_answers() -> None:
    assert findings(RULE, "@jo_bloggs7 thanks for reporting it", kind="reply") == []
    assert findings(RULE, "@jo_bloggs7 was robbed", kind="reply") == []
    assert len(findings(RULE, "@jo_bloggs7 was robbed")) == 1
    told = findings(RULE, "@BrumPolice the victim, @jo_bloggs7, is my mate", kind="reply")
    assert [str(finding.severity) for finding in told] == ["warning"]
