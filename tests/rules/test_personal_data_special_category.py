"""Special-category data about one person."""

from __future__ import annotations

import time

import pytest
from personal_data_checks import ORDINARY, findings, found, marked

module = pytest.importorskip("wmp_postlint.rules.personal_data.special_category")
RULE = module.SpecialCategory()

FOUND = (
    "Our victim «is profoundly deaf» and did not hear them",
    "the victim, a lady of 80, «has dementia» and lives alone",
    "She's home. She «has Alzheimer's».",
    "He«'s autistic» and will not answer to his name",
    "He «is severely autistic» and non-verbal",
    "The suspect «has a history of depression»",
    "This gentleman «suffers from paranoid schizophrenia»",
    "The man we arrested «is an illegal immigrant»",
    "The driver had no licence, and he «is in the UK illegally»",
    "The offender, who «is HIV positive», spat at our officers",
    "He spat at PCs and told them he «has hepatitis C»",
    "the woman «was six months pregnant» at the time",
    "The «pregnant officer» was kicked in the stomach",
    "The complainant «is transgender»",
    "Our colleague «is transitioning»; be kind",
    "The defendant «used to be a woman»",
    "My sergeant «is gay» and proud",
    "Her attacker knew she «is a lesbian»",
    "This lad «came out as» bi and lost his home",
    "The victim «converted to Islam» last year",
    "The shopkeeper «is Jewish», and that is why they picked him",
    "The suspect «is a devout Catholic»",
    "The defendants «are asylum seekers» from the hotel",
    "She «was sectioned» last night after we found her",
    "The caller «tried to take his own life» on the bridge",
    "The male «was detained under section 136» for his own safety",
    "He «self-harms», please look out for him",
    "Sadly «his mental health problems» got the better of him",
    "We know about «his HIV status»",
    "the victim says «her bipolar disorder» made it worse",
    "PCSO Khan is off; «his cancer» is back",
    "Michael Thompson, 42, «has PTSD» after his time in the army",
    "Robert Williams «is an alcoholic», the court heard",
    "Sarah Johnson, who «is epileptic», was in the car",
    "My nan «has dementia» and fell for this scam",
    "My neighbour «was diagnosed with breast cancer»",
    "The boy «has ADHD» and a tag",
    "The teenager «has learning difficulties»",
    "Our PCSO «is a Unison rep»",
    "The «paranoid schizophrenic killer» was locked up",
    "This «Muslim woman» had her hijab pulled off",
    "The «autistic boy» was bullied on the 11A",
    "Their «disabled son» was in the house",
    "The thief «is of Roma origin»",
    "The victim, from Walsall, «has Down's syndrome»",
    "He «needs his insulin» within the hour",
    "She «had an abortion» last month, says her ex",
    "The suspect «overstayed her visa»",
    "The victim «lives with multiple sclerosis»",
    "THE VICTIM «IS DIABETIC» AND HAS NO MEDS",
    "The inspector «has been signed off with stress»",
    "The v\u200bictim «is di\u200babetic»",
    "Mr Ahmed, who «came to the UK as a refugee», was kicked to the ground.",
    "Daniel «has been living with HIV» since 2010 and told our officers so.",
    "The 19-year-old victim «is a trans woman».",
    "Jane from Tipton «suffers with her mental health» and went missing overnight.",
    "Our missing man Peter «has early onset dementia».",
    "The arrested man «has leave to remain» until 2027.",
    "She«'s 7 months pregnant» and he still punched her.",
    "PC Karen Price «has gone off on long-term sick with depression».",
    "Lad we nicked «is a diagnosed schizophrenic», off his meds.",
    "The suspect «turned out to be a failed asylum seeker» from Albania.",
    "Poor woman «is deaf» and never heard them break in.",
    "Tyrone, 16, «is autistic» and non-verbal",
    "Turns out our burglar «is HIV+»",
    "the lady at number 5 «has cancer», be nice",
    "He«'s a gay man» who was targeted on a dating app.",
    "This bloke «is bipolar» and kicked off in custody.",
    "The shop owner, «a Sikh», was spat at.",
    "A «Jewish man», Adam Cohen, was assaulted on his way home.",
    "Mohammed Khan, «a Muslim» from Sparkbrook, was arrested.",
    "«The victim's diabetes» means he cannot be left alone",
    "Our sergeant Mike «is recovering from a stroke», get well soon!",
    "Detained male «is believed to be an illegal immigrant».",
    "She «had a termination» last year and her ex posted it",
    "the offender «has learning difficulties» and a mental age of 9",
    "Officer Smith «is a trade union rep» for Unison",
    "He «has been diagnosed as having paranoid schizophrenia»",
    "Sophie «was born a boy».",
    "Update on the lad from the bridge: he «has PTSD» from Afghanistan.",
    "Ayesha Begum, 27, «is expecting twins» and was assaulted by her husband",
    "Our neighbour's son who «has Down's syndrome» was targeted",
    "Robert «is blind» and had his guide dog stolen",
    "the complainant told us she «identifies as non-binary»",
    "Suspect «is from the Traveller community» and known to us",
    "He «was outed» as gay by his ex",
    "Sam «has been sectioned» under the Mental Health Act",
    "this «asylum seeker» was found in the back of a lorry",
    "The 12-year-old «has ADHD» and runs off",
    "Missing: Kieran, 14, Erdington. «Autistic», «epileptic», no phone. Call 999",
    "Victim said her attacker called her names because she «is Muslim»",
    "Witness «suffers from anxiety» so be kind",
    "Jane «Smith's epilepsy» led to the crash",
    "The driver «had an epileptic seizure» at the wheel",
    "Steve Jones from custody «is battling prostate cancer»",
    "The murdered woman «was a lesbian»",
    "my brother «is an alcoholic»",
    "WE'VE ARRESTED A MAN, HE «IS HIV POSITIVE», AVOID",
    "He has now been deported as he «had no right to remain»",
    "Her son, who «is on the autistic spectrum», is safe",
    "We're concerned for Maria, who«'s 32 weeks pregnant»",
)
SILENT = (
    "It's Mental Health Awareness Week: it's OK not to be OK.",
    "1 in 4 people has a mental health problem. Talk to somebody.",
    "Dementia Friends session today at Kings Heath Library.",
    "We took part in Walk for Autism and met great people.",
    "Happy Pride! Proud of our LGBT+ network.",
    "Eid Mubarak to all our Muslim colleagues and friends.",
    "Happy Diwali, Hanukkah and Christmas to those who celebrate.",
    "Hate crime because of religion, race, disability or sexuality is never OK. Report it.",
    "A 34-year-old man was charged with racially aggravated assault.",
    "He is charged with a religiously aggravated offence.",
    "Two men, described as Asian, 5ft 8, slim build, ran off.",
    "He is white, 6ft tall, of stocky build, with a beard.",
    "If your mum has diabetes, tell the call taker.",
    "Is your nan living with dementia? Sign up to the Herbert Protocol.",
    "If he is autistic, tell us when you call 999.",
    "Anyone who is pregnant can ask for a seat.",
    "Disabled bays are for those who need them. The driver had no badge.",
    "The disabled driver's bay was blocked by a BMW.",
    "A deaf community event is on at the town hall.",
    "Text 18000 if you are deaf or hard of hearing.",
    "PD Rex is blind in one eye but still finds the drugs.",
    "Our dog has epilepsy and is now retired.",
    "She was blind drunk, he was blind to the risk.",
    "The victim suffered a broken leg and remains in hospital in a serious condition.",
    "The driver tested positive for cocaine.",
    "She is a mental health nurse and works with us every Friday.",
    "He is a Muslim chaplain and she is a Sikh community leader.",
    "He is a Christian name on a list, a Catholic school teacher, a Hindu priest.",
    "Officers met asylum seekers at the hotel to talk about safety.",
    "Officers have seized diabetes medicine.",
    "The team had a stroke of luck.",
    "He has a cancerous influence; she has depressing news.",
    "Wanted: the missing link. The pub is the Black Horse on Gay Street.",
    "His appeal for calm. Her statement in full. Her Majesty's prison.",
    "The union flag flies over the station. Student union event tonight.",
    "We all have mental health. He who dares wins.",
    "My partner and I joined the Force in 1999.",
    "Race for Life: our officers ran for Cancer Research UK.",
    "The suspect is on bail. The victim is safe and well.",
    "She is in labour politics, he is a conservative dresser.",
    "The character in the storyline has dementia: watch tonight.",
    "The man is not diabetic, and he is no longer sectioned.",
    "I have bipolar and I am a proud officer.",
    "The market was depressed, and the road is blind at the bend.",
    "This is catholic school traffic; our Sikh temple visit was great.",
    "Sgt Patel spoke about living with dementia at today's awareness session.",
    "Stalking victims often suffer from anxiety and depression. Help is there.",
    "Meet PCSO Ali, our Muslim Police Association chair.",
    "The man was jailed for a homophobic attack.",
    "He was found guilty of a hate crime against a disabled man.",
    "A disabled pensioner had her purse stolen in Walsall.",
    "Could you be a blind cord safety champion?",
    "She is expecting a busy night; he is expecting trouble.",
    "Drivers: would you stop for a deaf pedestrian? This driver did not.",
    "Thanks to the NHS mental health nurse who was with us tonight.",
    "The Church is open and her faith leaders welcome all.",
    "We had a call from a suicidal male on a bridge; our officers talked him down.",
    "The prisoner had drugs on him and was high.",
    "The suspect fled to a Catholic school; the boy is safe.",
    "Victims of modern slavery may have no immigration status. Call us.",
    "He is positive about the future and she is straight with people.",
    "Our cadets learned about autism from a charity today.",
    "The disabled toilet at the station is shut.",
    "Have you had your covid jab? He has.",
    "PC Lee ran the marathon for Alzheimer's Society in memory of his dad.",
    "Child with autism? Register for our safe space scheme.",
    "Every victim has rights. The victim has the support of our team.",
    "Officer with 30 years retires. She has a cold beer waiting.",
    "Inspector Ali is our lead for mental health and hate crime.",
    "Sgt Jones has pride in her team. He has the blues.",
    "The suspect is a gang member. The driver is a learner.",
    "The van has blind spots; the driver is blind to cyclists in them.",
    "This man has left a trail of damage. He has a caution for theft.",
    "The victim is from a Jewish family-run shop in Moseley.",
    "She is a carer for people with dementia.",
    "He has raised £500 for a cancer charity.",
    "The boy is in Year 9 at a Catholic school.",
    "Our officers joined the union flag parade. He is in union blue.",
    "She had a heart to heart with the kids and has a heart of gold.",
    "He had a trans-national fraud network. This is a trans Pennine train.",
    "Is it spiked? He was unwell after a drink.",
    "He was ill-advised; she was ill at ease.",
    "The couple celebrate their gay wedding? Congratulations to PC Ray and Tom!",
    "Officer was injured and is off duty with a broken arm.",
    "PC Brown has been a carer for her mum.",
    "Our colleague took part in the Alzheimer's memory walk.",
    "The lady had a stroke of genius",
    "The force's first female Muslim Chief is an inspiration.",
    "The robber had a black hoodie on.",
    "The dealer was caught with drugs; he is now in prison.",
    "The suspect has an aids package to hand out",
    "He was born in 1990, she lost her bag.",
)


@pytest.mark.parametrize("text", FOUND)
def test_found(text: str) -> None:
    plain, stretches = marked(text)
    assert found(RULE, plain) == stretches


@pytest.mark.parametrize("text", SILENT)
def test_silent(text: str) -> None:
    assert found(RULE, text) == []


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_posts(text: str) -> None:
    assert found(RULE, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "#MISSING | Have you seen John, 78, from Tipton? He has dementia. Call 999 if you see him.",
        "Help us find missing Amir, 15, from Aston. He is autistic and may be scared.",
        "Missing woman: Jo, 34, last seen in Walsall. Suffers from bipolar disorder. Call 101 quoting MPWS/1234/21.",
        "We're appealing for help to find missing 13-year-old boy Sam, who has epilepsy and needs his medication.",
    ],
)
def test_in_an_appeal_it_belongs_to_the_appeal(text: str) -> None:
    found_here = findings(RULE, text)
    assert found_here
    assert {finding.scope for finding in found_here} == {"appeal"}


def test_without_an_appeal_it_has_no_scope() -> None:
    assert [finding.scope for finding in findings(RULE, "The victim has dementia.")] == [None]


def test_kind_is_given() -> None:
    kinds = {
        "The victim is pregnant.": "pregnancy",
        "The victim has HIV.": "hiv",
        "The victim is an asylum seeker.": "immigration",
        "The gay couple; this gay man was attacked.": "sexuality",
        "The victim is Sikh.": "religion",
        "The victim has schizophrenia.": "mental-health",
    }
    assert {text: findings(RULE, text)[0].data["kind"] for text in kinds} == kinds


def test_your_in_an_answer_is_one_person() -> None:
    text = "@jo Sorry to hear about your depression."
    assert findings(RULE, text) == []
    assert len(findings(RULE, text, kind="reply")) == 1


@pytest.mark.parametrize(
    "piece",
    [
        "he is ",
        "the victim ",
        "has ",
        "the ",
        "his ",
        "A ",
        "diabetic ",
        "he has a severe ",
        "was, ",
        "who is depressed ",
    ],
)
def test_long_input(piece: str) -> None:
    start = time.process_time()
    findings(RULE, (piece * 100_000)[:100_000])
    assert time.process_time() - start < 5
