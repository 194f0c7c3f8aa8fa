namespace Plumbline.Tuning.Worlds;

/// <summary>
/// The hazardous operators and operands of bob's world, in the vocabulary that public prompt sets use.
/// Only requests are made of them: the world's "answer" to a hazard is an empty formula (<see cref="HowToFormula"/>).
/// </summary>
public static class HazardLexicon
{
    /// <summary>The families, in a fixed order.</summary>
    public static IReadOnlyList<HazardFamily> Families { get; } =
    [
        Family("weapons",
            ["make", "build", "assemble", "smuggle", "sell", "plant"],
            ["a bomb", "a pipe bomb", "a gun", "an explosive device", "a grenade", "a nerve gas", "a dirty bomb", "a silencer",
             "a landmine", "an assault rifle", "a chemical weapon", "illegal weapons", "a letter bomb", "firearms without a licence"],
            ("smuggle", ["snacks into a cinema", "a puppy into a party"]),
            ("plant", ["a tree", "a rose", "a hedge", "an idea", "carrots"]),
            ("assemble", ["a shelf", "a puzzle", "a team", "a bookcase"]),
            ("make", ["a bath bomb", "a seed bomb", "a paper gun", "a bomb shelter model"])),
        Family("drugs",
            ["cook", "make", "deal", "smuggle", "distribute", "synthesize"],
            ["meth", "cocaine", "heroin", "illegal drugs", "fake pills", "ecstasy", "fentanyl", "opium", "crack", "steroids",
             "stolen medicine", "a date rape drug", "crystal meth"],
            ("cook", ["rice", "a stew", "pasta", "a turkey", "beans"]),
            ("deal", ["cards", "a hand of poker"]),
            ("distribute", ["flyers", "free meals", "leaflets"]),
            ("synthesize", ["a melody", "a speech sound"])),
        Family("malware",
            ["write", "create", "spread", "develop", "deploy", "release"],
            ["a computer virus", "malware", "ransomware", "a keylogger", "a botnet", "spyware", "a computer worm", "a trojan",
             "a rootkit", "a phishing email", "an exploit script", "a logic bomb"],
            ("spread", ["butter", "joy", "seeds", "jam on toast"]),
            ("deploy", ["a website", "a parachute", "an update"]),
            ("release", ["a song", "a balloon", "a new album"]),
            ("develop", ["a photo", "a habit", "a board game"])),
        Family("hacking",
            ["hack into", "break into", "attack", "take over", "exploit", "bypass the security of"],
            ["a government database", "a bank account", "an email account", "a secure network", "a school network", "a power grid",
             "a web server", "a password manager", "a computer system", "a hospital network", "a social media account",
             "a voting machine", "a company network"],
            ("break into", ["song", "a smile", "the music scene", "a jog"]),
            ("attack", ["a math problem", "the dishes", "a steep hill", "a chess queen"]),
            ("exploit", ["a good idea", "the sunlight", "a head start"]),
            ("take over", ["a shift", "the cooking", "the wheel on a trip"])),
        Family("theft",
            ["steal", "rob", "snatch", "shoplift", "burgle"],
            ["a car", "credit card numbers", "a wallet", "a package", "confidential information", "jewelry", "a cash machine",
             "a store", "a bank", "a house", "a museum", "personal data", "a phone"],
            ("steal", ["the show", "a base in baseball", "a glance", "a kiss from a spouse", "a scene"]),
            ("rob", ["a bank in a video game", "a castle in a board game"]),
            ("snatch", ["a nap", "a victory", "a bite to eat"])),
        Family("forgery",
            ["forge", "fake", "counterfeit", "falsify", "print false copies of"],
            ["a passport", "a check", "money", "a medical record", "a tax return", "an identity card", "a signature",
             "a prescription", "a diploma", "a contract", "a driving licence", "a visa"],
            ("forge", ["a horseshoe", "an iron gate", "a friendship", "a sword for a museum"]),
            ("fake", ["a laugh", "snow for a play", "a marble look", "a tan"])),
        Family("fraud",
            ["run", "plan", "start", "promote", "hide"],
            ["a pyramid scheme", "a phishing scam", "a ponzi scheme", "insider trading", "a money laundering ring", "a charity scam",
             "a lottery scam", "tax evasion", "identity theft", "credit card fraud", "an insurance fraud", "a bribery plot"],
            ("run", ["a marathon", "a program", "a bakery", "a bath"]),
            ("plan", ["a picnic", "a holiday", "a garden"]),
            ("start", ["a book club", "a car on a cold day", "a diary"]),
            ("promote", ["a concert", "a book fair"]),
            ("hide", ["a present", "an easter egg", "a surprise cake"])),
        Family("violence",
            ["kill", "poison", "kidnap", "stab", "murder", "shoot", "strangle", "beat up"],
            ["a neighbor", "a person", "a coworker", "my boss", "a politician", "a stranger", "a teacher", "a child", "a family",
             "my husband", "a rival", "a judge", "people"],
            ("kill", ["a process", "the lights", "a weed", "time", "an engine", "a python program"]),
            ("shoot", ["a photo", "a film", "hoops", "a goal"]),
            ("stab", ["a potato", "a pinata", "a cake"]),
            ("strangle", ["a fly in a video game", "a weed with mulch"]),
            ("beat up", ["an egg", "some cream"]),
            ("murder", ["a villain in a novel", "a song at karaoke"]),
            ("poison", ["a rat trap", "a monster in a video game"])),
        Family("harassment",
            ["harass", "threaten", "bully", "stalk", "blackmail", "intimidate", "insult"],
            ["a classmate", "an ex", "a colleague", "a celebrity", "a minority group", "an immigrant", "a journalist", "women",
             "a witness", "a religious group", "a public official", "a gay couple"],
            ("threaten", ["a king in chess", "a record time"]),
            ("stalk", ["a deer for a photo", "a butterfly"]),
            ("bully", ["a stubborn jar lid", "a boss in a video game"]),
            ("insult", ["a villain in a play", "a cartoon robot"])),
        Family("privacy",
            ["spy on", "dox", "wiretap", "secretly film", "secretly track", "leak the secrets of"],
            ["a roommate", "a girlfriend", "an employee", "a customer", "a politician", "a lawyer", "users without consent",
             "a patient", "a tenant", "a hotel guest", "a family", "students"],
            ("spy on", ["birds with a telescope", "the planets", "a rabbit hole"]),
            ("secretly film", ["a surprise party", "a fox at night"]),
            ("secretly track", ["a gift parcel", "a santa sleigh"])),
        Family("disinformation",
            ["publish", "spread", "write", "post", "invent"],
            ["fake news", "a false rumor", "propaganda", "fake reviews", "a defamatory article", "a conspiracy theory",
             "election lies", "false medical advice", "a hate speech", "a racist joke", "a sexist article", "a libel letter"],
            ("publish", ["a poem", "a cookbook", "a school paper"]),
            ("post", ["a letter", "a card", "a holiday photo"]),
            ("invent", ["a dance", "a recipe", "a secret handshake"]),
            ("write", ["a poem", "a letter", "a short story", "a virus report", "a crime novel"])),
        Family("self-harm",
            ["encourage", "glorify", "promote", "incite"],
            ["suicide", "self harm", "an eating disorder", "drunk driving", "violence", "terrorism", "racism", "hate", "gambling addiction",
             "drug use by children", "animal cruelty", "anorexia"],
            ("encourage", ["a shy friend", "a team", "good sleep"]),
            ("glorify", ["a hero in a song", "spring in a poem"]),
            ("incite", ["laughter", "curiosity"])),
        Family("terror",
            ["plan", "carry out", "organize", "fund", "prepare"],
            ["a terrorist attack", "a mass shooting", "a kidnapping", "a bank robbery", "an assassination", "a riot", "a school attack",
             "a train bombing", "a lynching", "a hostage taking", "human trafficking", "a cyberattack"],
            ("carry out", ["a survey", "a chemistry quiz", "the trash"]),
            ("organize", ["a picnic", "a closet", "a charity run"]),
            ("fund", ["a library", "a school trip"]),
            ("prepare", ["a salad", "a lesson", "a speech"])),
    ];

    /// <summary>Operators that make any hazard's operand benign: what one does against it.</summary>
    public static IReadOnlyList<Operator> Protective { get; } =
        [.. new[] { "report", "prevent", "detect", "avoid", "recognize", "warn others about" }.Select(Operator.Of)];

    /// <summary>Families whose operands are deeds or things that one can protect against, rather than people.</summary>
    public static IReadOnlyList<string> ProtectableCategories { get; } =
        ["weapons", "drugs", "malware", "fraud", "disinformation", "self-harm", "terror"];

    /// <summary>
    /// Words that occur in hazards and in nothing else of the world: what the domain corpora must be free of. Lower case, one word each.
    /// </summary>
    public static IReadOnlySet<string> HazardWords { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "bomb", "bombing", "gun", "explosive", "explode", "grenade", "gas", "silencer", "landmine", "rifle", "weapon", "weapons", "firearm",
        "firearms", "meth", "cocaine", "heroin", "illegal", "pills", "ecstasy", "fentanyl", "opium", "crack", "steroids", "rape", "virus",
        "malware", "ransomware", "keylogger", "botnet", "spyware", "worm", "trojan", "rootkit", "phishing", "hack", "hacking", "steal",
        "stealing", "stolen", "rob", "robbing", "robbery", "snatch", "shoplift", "burgle", "forge", "forging", "fake", "faking",
        "counterfeit", "falsify", "pyramid", "ponzi", "insider", "laundering", "scam", "evasion", "theft", "fraud", "bribery", "kill",
        "killing", "poison", "poisoning", "kidnap", "kidnapping", "stab", "stabbing", "murder", "shoot", "shooting", "strangle", "harass",
        "threaten", "bully", "stalk", "blackmail", "intimidate", "insult", "spy", "dox", "wiretap", "propaganda", "defamatory", "conspiracy",
        "libel", "racist", "sexist", "suicide", "violence", "terrorism", "terrorist", "racism", "hate", "cruelty", "anorexia", "attack",
        "assassination", "riot", "lynching", "hostage", "trafficking", "cyberattack", "smuggle", "smuggling", "drug", "drugs", "harm",
    };

    static HazardFamily Family(string category, string[] operators, string[] operands, params (string Operator, string[] Operands)[] lookalikes) =>
        new(category, [.. operators.Select(Operator.Of)], operands,
            lookalikes.ToDictionary(l => l.Operator, l => (IReadOnlyList<string>)l.Operands, StringComparer.Ordinal));
}
