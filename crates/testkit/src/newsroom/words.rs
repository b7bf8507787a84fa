//! The vocabulary: common English words by kind, and those of twelve fields of news.
//!
//! Within a list, earlier words are drawn more often (Zipf), so the order matters: the first are
//! the words every story has, the last those that make one story unlike another.

use crate::random::{Random, Zipf};

/// Nouns that form their plural by rule, of all fields.
const NOUNS: &str = "government plan report week group company decision country case meeting \
    statement member question level official change result party program issue problem market \
    order effort leader month system policy charge deal vote source region agreement project \
    measure proposal community service force figure claim attack request rate concern letter \
    step talk committee budget rule call review support target hour protest office resident \
    document project demand offer threat delay right visit warning road area number board \
    campaign risk event reason approach investigation response limit contract worker village \
    neighbour partner opponent opposition spokesperson adviser expert witness owner manager \
    director building bridge river border station corridor school hospital house street camp \
    district province island capital suburb coast valley mountain forest field port factory \
    warehouse plant line network signal channel computer device battery engine vehicle truck \
    bus train ship aircraft drone satellite sensor camera record list notice permit licence tax \
    tariff subsidy loan grant bond share price cost profit loss sale purchase shipment export \
    import supply shortage surplus harvest season summer winter weekend deadline schedule \
    timetable calendar anniversary ceremony speech debate hearing trial verdict appeal sentence \
    lawsuit complaint petition bill amendment clause treaty protocol ceasefire truce summit \
    delegation envoy ambassador diplomat mission embassy consulate alliance coalition cabinet \
    parliament senate council mayor governor lawmaker voter candidate ballot poll survey margin \
    majority minority mandate term reform crisis scandal inquiry audit inspector regulator \
    watchdog ombudsman tribunal guideline standard benchmark forecast estimate projection \
    outlook scenario model method sample study journal professor lecturer researcher scientist \
    laboratory institute academy student teacher parent pupil child youth family couple widow \
    pensioner tenant landlord farmer fisherman miner driver pilot sailor nurse doctor surgeon \
    patient symptom infection vaccine dose clinic ward ambulance emergency rescue evacuation \
    shelter blanket tent ration convoy checkpoint patrol soldier commander rebel fighter militia \
    weapon rifle rocket shell explosion blast fire flame smoke flood storm drought heatwave \
    earthquake landslide quake tremor avalanche glacier reservoir dam canal pipeline refinery \
    terminal grid turbine reactor mine quarry orchard vineyard herd flock tractor barn mill \
    bakery restaurant kitchen hotel tourist visitor passenger ticket fare platform runway \
    airport airline carrier fleet hull cargo container crane dock harbour lighthouse museum \
    gallery theatre orchestra choir festival concert album film actor novelist poet painter \
    sculptor exhibition monument statue archive library manuscript stadium pitch coach referee \
    striker goalkeeper defender midfielder tournament fixture trophy medal fan supporter league \
    club transfer injury substitute penalty whistle crowd banner slogan march rally strike \
    union wage pension benefit allowance shift overtime apprentice trainee vacancy layoff";

/// Verbs that take an object and form their past by rule.
const VERBS: &str = "reject accept support announce approve plan/planned discuss report confirm \
    need change follow consider use start face order ask raise reduce demand describe show \
    control/controlled visit help call urge target protect reach expect review join finish deliver \
    improve increase question receive remove replace require restore return reveal sign/signed \
    suspend test track/tracked trigger welcome warn abandon accuse acquire address adopt advise \
    affect allow alter amend answer appoint arrange arrest assess assist attract authorise avoid \
    award ban/banned block boost brand breach cancel/cancelled cap/capped carry caution cease \
    challenge charge check cite clear close collect commission compare complete condemn conduct \
    consult contact contain contest convert convince cover create criticise cross damage decline \
    defend define delay demolish deny deploy destroy detail detain detect develop direct \
    disclose dismiss disrupt divide donate double draft drop/dropped earn endorse enforce enter \
    escort establish estimate evacuate examine exceed exclude expand explain exploit explore \
    export expose extend favour file fine force fund gather grant guard halt handle highlight \
    hire host identify ignore implement impose inform inject injure insist/insisted inspect \
    install interview introduce invade invest/invested invite isolate issue jail launch limit \
    link list load lobby/lobbied locate lodge lower maintain manage mark measure mention merge \
    monitor move nominate note notify number observe obtain occupy offend open operate oppose \
    outline overturn oversee/oversaw own pack pardon pass patrol/patrolled perform permit/permitted \
    persuade photograph pick place please pledge postpone praise prepare present preserve press \
    prevent produce promise promote propose prosecute prove provide publish pull punish pursue \
    push qualify quote rank ratify rebuff recall record recover recruit refer/referred refuse \
    register reinforce release rename renew repair repeat reopen rescue resist resolve respect \
    restrict resume retain reverse revise reward rule sabotage save scale schedule search secure \
    seize select separate settle shape share shelter shield ship/shipped smuggle solve sponsor \
    stage strengthen stress strike/struck summon supply surround survey survive swap/swapped \
    tackle tighten touch trace train transfer/transferred translate transport trap/trapped treat \
    trim/trimmed undermine unveil update uphold/upheld value verify view violate voice void \
    weaken weigh widen withdraw/withdrew witness wound";

/// What verbs do without an object.
const ACTS: &str = "resign collapse return continue succeed fail agree vanish gather emerge \
    remain arrive depart stall slow recover decline improve ease soar climb tumble drop/dropped \
    slip/slipped stabilise reopen close expire proceed retreat advance escalate spread/spread \
    worsen linger erupt settle happen resume disagree hesitate apologise protest intervene";

const ADJECTIVES: &str = "new local other last early national public first long major recent \
    key former senior possible special political economic foreign military private similar \
    current final small large regional central independent legal financial social common strong \
    young old open full free main high low several temporary annual monthly formal informal \
    federal civil criminal global rural urban coastal northern southern eastern western remote \
    joint separate additional emergency controversial strict tough fresh modest sharp steady \
    severe serious minor heavy light rapid gradual sudden quiet tense calm bitter mild fragile \
    stable volatile robust weak hopeful cautious reluctant ambitious costly cheap expensive \
    affordable scarce abundant vital crucial essential optional voluntary mandatory provisional \
    preliminary partial complete detailed broad narrow deep shallow distant nearby crowded empty \
    damaged flooded burnt abandoned disputed contested occupied armed unarmed elderly teenage \
    wealthy poor skilled unskilled seasonal permanent overseas domestic bilateral multilateral \
    diplomatic historic modern ancient medieval colonial industrial agricultural commercial \
    residential academic clinical medical surgical chronic acute viral bacterial organic \
    synthetic digital electronic automatic manual mobile wireless electric nuclear solar hybrid \
    renewable underground offshore maritime aerial cosmetic musical theatrical literary visual \
    fictional unusual ordinary peculiar routine unprecedented unexpected inevitable plausible \
    doubtful credible misleading transparent secret confidential classified unofficial \
    anonymous prominent obscure veteran outgoing incoming acting deputy assistant chief";

const ADVERBS: &str = "also still now already later again recently quickly largely nearly \
    finally soon once often clearly sharply slightly partly briefly quietly openly widely \
    directly formally repeatedly initially gradually suddenly eventually reportedly apparently \
    officially effectively entirely closely firmly heavily carefully deliberately temporarily \
    voluntarily jointly separately narrowly broadly strongly mildly reluctantly hastily";

/// Nouns of one field each: what a story is about.
const FIELDS: [&str; 12] = [
    "election voter ballot candidate turnout constituency manifesto incumbent recount exit-poll \
     coalition pollster caucus primary runoff swing-state canvasser electorate",
    "lender borrower deposit interest-rate bond-yield investor broker dividend takeover merger \
     shareholder regulator bankruptcy creditor hedge-fund auditor startup valuation",
    "storm flood rainfall river-bank levee forecaster gust shelter evacuation meteorologist \
     sandbag cyclone power-cut roof mudslide rescuer dinghy floodgate",
    "vaccine hospital outbreak infection virologist epidemic ward test-kit booster variant \
     intensive-care quarantine pathogen mask ventilator contact-tracer immunity surgeon",
    "soldier convoy checkpoint ceasefire artillery front-line drone missile commander airstrike \
     trench bunker garrison prisoner-swap mortar ammunition battalion sniper",
    "prosecutor defendant judge jury indictment bail testimony plea verdict barrister courtroom \
     conviction fraud forgery bribe money-trail witness-box probation",
    "striker goalkeeper manager penalty transfer-window fixture midfielder league-table tackle \
     dressing-room substitute clean-sheet derby relegation playmaker friendly cup-tie hat-trick",
    "chipmaker smartphone browser data-centre algorithm hacker password startup cloud-service \
     developer prototype chatbot encryption app-store patent semiconductor gadget firewall",
    "refinery pipeline crude-oil gas-field turbine solar-farm tanker barrel drilling-rig \
     power-station coal-mine wind-farm substation smelter uranium feedstock utility heat-pump",
    "teacher classroom pupil exam curriculum headteacher tuition campus scholarship dormitory \
     literacy kindergarten textbook lecturer enrolment graduate diploma canteen",
    "airline runway cockpit passenger flight-crew black-box air-traffic-controller jet baggage \
     stopover cabin landing-gear turbulence terminal charter seat-belt hangar refund",
    "film-maker actress box-office screenplay gallery auction painting orchestra conductor \
     premiere novelist publisher sculptor costume soundtrack red-carpet curator biopic",
];

/// Words an editor exchanges without a second thought, either way.
pub(crate) const SYNONYMS: [(&str, &str); 36] = [
    ("said", "stated"),
    ("told", "informed"),
    ("about", "around"),
    ("after", "following"),
    ("also", "additionally"),
    ("began", "started"),
    ("big", "large"),
    ("but", "however"),
    ("country", "nation"),
    ("people", "persons"),
    ("near", "close to"),
    ("however", "though"),
    ("increase", "rise"),
    ("meeting", "session"),
    ("many", "numerous"),
    ("new", "fresh"),
    ("plan", "scheme"),
    ("problem", "difficulty"),
    ("report", "account"),
    ("several", "some"),
    ("since", "from"),
    ("statement", "release"),
    ("while", "whereas"),
    ("worker", "employee"),
    ("would", "will"),
    ("according", "as stated"),
    ("government", "administration"),
    ("group", "organisation"),
    ("last", "previous"),
    ("month", "30-day period"),
    ("officials", "authorities"),
    ("against", "versus"),
    ("before", "ahead of"),
    ("because", "as"),
    ("more", "further"),
    ("reporters", "journalists"),
];

/// A list with its frequencies.
struct List {
    words: Vec<&'static str>,
    ranks: Zipf,
}

impl List {
    fn new(text: &'static str) -> List {
        let words: Vec<&str> = text.split_whitespace().collect();
        let count = u16::try_from(words.len()).expect("a list of a few hundred words");
        List {
            words,
            ranks: Zipf::new(count, 12),
        }
    }

    fn draw(&self, random: &mut Random) -> &'static str {
        self.words[usize::from(self.ranks.draw(random))]
    }
}

/// All lists.
pub(crate) struct Words {
    nouns: List,
    verbs: List,
    acts: List,
    adjectives: List,
    adverbs: List,
    fields: Vec<List>,
}

impl Words {
    pub(crate) fn new() -> Words {
        Words {
            nouns: List::new(NOUNS),
            verbs: List::new(VERBS),
            acts: List::new(ACTS),
            adjectives: List::new(ADJECTIVES),
            adverbs: List::new(ADVERBS),
            fields: FIELDS.map(List::new).into(),
        }
    }

    /// How many fields there are.
    pub(crate) const FIELDS: usize = FIELDS.len();

    /// A noun, in every third case one of the story's field.
    pub(crate) fn noun(&self, field: usize, random: &mut Random) -> &'static str {
        if random.chance(350) {
            self.fields[field].draw(random)
        } else {
            self.nouns.draw(random)
        }
    }

    /// A transitive verb: `base` or `base/past`.
    pub(crate) fn verb(&self, random: &mut Random) -> &'static str {
        self.verbs.draw(random)
    }

    /// An intransitive verb, likewise.
    pub(crate) fn act(&self, random: &mut Random) -> &'static str {
        self.acts.draw(random)
    }

    pub(crate) fn adjective(&self, random: &mut Random) -> &'static str {
        self.adjectives.draw(random)
    }

    pub(crate) fn adverb(&self, random: &mut Random) -> &'static str {
        self.adverbs.draw(random)
    }
}

/// The plural, by rule.
pub(crate) fn plural(noun: &str) -> String {
    match noun.as_bytes() {
        _ if noun == "child" => "children".into(),
        _ if noun.ends_with("man") => format!("{}men", &noun[..noun.len() - 3]),
        [.., b's' | b'x' | b'z'] | [.., b'c' | b's', b'h'] => format!("{noun}es"),
        [.., before, b'y'] if !b"aeou".contains(before) => {
            format!("{}ies", &noun[..noun.len() - 1])
        }
        _ => format!("{noun}s"),
    }
}

/// The past of `base` or `base/past`.
pub(crate) fn past(verb: &str) -> String {
    if let Some((_, past)) = verb.split_once('/') {
        return past.into();
    }
    match verb.as_bytes() {
        [.., b'e'] => format!("{verb}d"),
        [.., before, b'y'] if !b"aeou".contains(before) => {
            format!("{}ied", &verb[..verb.len() - 1])
        }
        _ => format!("{verb}ed"),
    }
}

/// The base of `base` or `base/past`.
pub(crate) fn base(verb: &str) -> &str {
    verb.split('/').next().unwrap_or(verb)
}

/// The `-ing` form.
pub(crate) fn gerund(verb: &str) -> String {
    let stem = base(verb);
    let doubled = verb
        .split_once('/')
        .and_then(|(_, past)| past.strip_suffix("ed"));
    match (doubled, stem.strip_suffix('e')) {
        (Some(doubled), _) if doubled.len() == stem.len() + 1 => format!("{doubled}ing"),
        (_, Some(rest)) if !stem.ends_with("ee") => format!("{rest}ing"),
        _ => format!("{stem}ing"),
    }
}
