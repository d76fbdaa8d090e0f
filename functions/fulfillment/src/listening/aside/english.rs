//! Words beside the matter in English.

use super::{Aside, Phrases};

/// People whom one calls for.
macro_rules! kin {
    () => {
        "husband/wife/mother/father/mom/mum/dad/son/daughter/brother/sister/grandmother/grandfather/grandma/grandpa/aunt/uncle/\
         friend/neighbor/partner/spouse/boyfriend/girlfriend/parents/child/kid/relative/niece/nephew"
    };
}
/// Theirs.
macro_rules! kins {
    () => {
        "husbands/wifes/mothers/fathers/moms/mums/dads/sons/daughters/brothers/sisters/grandmothers/grandfathers/grandmas/\
         grandpas/aunts/uncles/friends/neighbors/partners/spouses/boyfriends/girlfriends/parents/childs/kids/clients/patients"
    };
}

pub(super) const PHRASES: Phrases = Phrases {
    fillers: &[
        "please", "um", "uh", "er", "oh", "ah", "well", "ok", "okay", "so", "sir", "maam", "miss", "dear", "honey",
        "hey", "just", "now",
    ],
    whole: &[
        (
            Aside::Moment,
            &[
                "hold/hang on ?a ?minute/second/moment",
                "wait ?up",
                "wait a/one minute/second/moment/sec",
                "a/one minute/second/moment/sec",
                "give me a/one minute/second/moment/sec",
                "i need a minute/second/moment",
                "bear with me",
                "not yet",
                "im not ready ?yet",
                "let me think",
                "let me get/find/grab/fetch/put my/a/the/some glasses/pen/pencil/paper/bottle/bottles/card/list/pills ?on",
                "im getting/looking/finding ?for my/a/the glasses/pen/pencil/paper/bottle/bottles/card/list/pills",
                "i need/have to get/find my/a/the glasses/pen/pencil/paper/bottle/bottles/card/list/pills",
            ],
        ),
        (
            Aside::Again,
            &[
                "huh",
                "eh",
                "sorry",
                "im sorry",
                "say what",
                "?i beg your pardon",
                "?i didnt hear/catch/get/understand ?that/you/it/a ?word",
                "?i didnt hear/catch/get/understand what you said",
                "i missed that",
            ],
        ),
        (
            Aside::Slower,
            &[
                "?can/could ?you speak/talk up",
                "?can/could ?you ?speak/talk ?a ?little/bit louder",
                "?i ?can cant/cannot/barely/hardly hear ?you/it/that/this/anything ?well/good ?at ?all",
                "i can not hear ?you",
                "im hard of hearing",
                "i dont hear ?so ?very ?too well/good",
                "turn it up",
                "slow/slower ?down",
                "?can/could ?you slow down",
                "?speak/talk/go ?a ?little ?more slower/slowly",
                "?youre/you ?are/talk/speak ?going ?talking ?way too fast",
                "not so fast",
            ],
        ),
        (
            Aside::Thanks,
            &["thank you ?so ?very ?much ?kindly", "?many thanks", "thanks ?a lot", "thanks ?so ?very ?much"],
        ),
        (
            Aside::Hello,
            &[
                "hello ?hello ?hello",
                "?hello are you ?still there",
                "?hello ?is anybody/anyone there/home",
                "?hello can/do you hear me",
            ],
        ),
    ],
    anywhere: &[
        (
            Aside::NoKeys,
            &[
                "dont/not have ?a/any/the/no keypad/keyboard/buttons/keys",
                "no keypad/buttons",
                "rotary phone",
                "cant/cannot/not see/press/find/push/read … buttons/button/keys/keypad",
            ],
        ),
        (
            Aside::Machine,
            &[
                "am i talking/speaking to/with … machine/robot/computer/recording/bot",
                "are you … machine/robot/computer/recording/bot/ai",
                "is this/it … machine/robot/computer/recording/bot/ai",
                "is this/it automated/recorded/real",
                "are you real/human/automated",
                "are you a person/human",
            ],
        ),
        (
            Aside::Why,
            &[
                "why do/are you need/want/ask/asking/needing",
                "why should i tell",
                "what do you need … for",
                "thats private/personal",
                "that is private/personal",
                "none of your business",
                "dont/not want to give/say/tell/share",
                "already told/gave you",
                "you already know/have",
            ],
        ),
        (
            Aside::ForAnother,
            &[
                concat!(
                    "calling/call/asking/checking/phoning/speaking for/about/regarding my/his/her/our/a/the ",
                    kin!()
                ),
                "calling/call/asking/speaking for/about him/her/someone/somebody/another",
                "calling/call/asking/speaking for … else",
                "on/in behalf of",
                "on/in his/her/their behalf",
                concat!(
                    "my/our ",
                    kins!(),
                    " medicine/medicines/medication/medications/pills/meds/prescription/prescriptions/list/drugs"
                ),
                concat!("medicine/medicines/medication/medications/pills/meds/prescriptions/list of my ", kin!()),
                concat!("im/am his/her/their ", kin!(), "/caregiver/caretaker/nurse/aide/guardian"),
                "im/am a/the/my … caregiver/caretaker/guardian",
                concat!("its for my ", kin!()),
                concat!("it is for my ", kin!()),
                "not for me",
                "im/am not the patient",
                "hes/shes the patient",
            ],
        ),
        (
            Aside::Clinical,
            &[
                "side effect/effects",
                "can/could/may/should i take/mix/drink/eat/use … … with/together",
                "can/could/may/should i take/drink/have … alcohol/aspirin/tylenol/ibuprofen/advil/grapefruit",
                "drink/drinking alcohol",
                "safe/okay/ok to take/mix/drink/drive/stop",
                "interact-",
                "should i stop/skip/keep/continue/start/quit/double",
                "can/could/may i skip/quit/double",
                "can/could/may i stop taking/it/this/that",
                "should i still",
                "stop/quit/stopped taking",
                "missed/forgot/skipped a/my/the/to … dose/pill/pills/take/medicine/medication",
                "does … cause",
                "is … causing/making",
                "what happens if i",
                "allergic to",
                "my/any allergies",
                "dont/not take it/that/this/those/these anymore",
            ],
        ),
        (
            Aside::NotHere,
            &[
                "refill-",
                "renew/renewed/renewal",
                "ran/run/running out/low ?of",
                "lab/labs/test/tests/blood result/results/work/test/tests",
                "my labs/results",
                "x ray/rays",
                "cost/costs",
                "the/whats/what price/prices",
                "copay/copays/billing/insurance/deductible",
                "co pay",
                "my/a/the/this bill",
                "pay for/my/the",
                "make/schedule/book/change/cancel/move/reschedule an/my/the/another ?new ?next appointment/appointments/visit",
                "prior authorization",
                "flu/covid shot",
                "medical records",
                "who prescribed",
                "what/which pharmacy",
                "when was … filled",
            ],
        ),
    ],
    not: &[
        // How it is taken, the list may tell.
        (
            Aside::Clinical,
            &["with/without/before/after ?my/a food/foods/meal/meals/water/breakfast/dinner/lunch/supper"],
        ),
        // And what it is for.
        (Aside::Clinical, &["for ?my ?the allerg-", "when/how/often/much/many should/can/do i", "start over"]),
    ],
};
