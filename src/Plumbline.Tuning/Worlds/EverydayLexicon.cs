namespace Plumbline.Tuning.Worlds;

/// <summary>The everyday things, deeds and facts of bob's world.</summary>
public static class EverydayLexicon
{
    /// <summary>Things, each with its category, colour and plural.</summary>
    public static IReadOnlyList<Noun> Nouns { get; } =
    [
        .. Of("animal", "dog:brown cat:black horse:brown sheep=sheep:white cow:white pig:pink mouse=mice:grey fox=foxes:red wolf=wolves:grey rabbit:white"),
        .. Of("bird", "robin:red crow:black swan:white parrot:green owl:brown duck:yellow goose=geese:white"),
        .. Of("fruit", "banana:yellow apple:red orange:orange cherry=cherries:red plum:purple lemon:yellow pear:green peach=peaches:orange"),
        .. Of("vegetable", "carrot:orange onion:white cabbage:green pea:green radish=radishes:red tomato=tomatoes:red leek:green"),
        .. Of("tool", "hammer:grey saw:grey shovel:brown brush=brushes:brown knife=knives:grey ladder:brown drill:yellow rake:green"),
        .. Of("vehicle", "bus=buses:red train:green boat:white tractor:red bike:blue van:white plane:white truck:blue"),
        .. Of("furniture", "chair:brown table:brown shelf=shelves:white sofa:grey bed:white desk:black bench=benches:green"),
        .. Of("clothing", "shirt:white coat:black sock:grey hat:blue scarf=scarves:red glove:brown dress=dresses:blue boot:black"),
        .. Of("instrument", "drum:red violin:brown flute:silver piano:black trumpet:gold guitar:brown harp:gold"),
        .. Of("drink", "tea:brown juice:orange milk:white cocoa:brown coffee:black water:blue"),
        .. Of("flower", "rose:red tulip:yellow daisy=daisies:white lily=lilies:white violet:purple poppy=poppies:red"),
    ];

    /// <summary>Pairs of opposites, each way round.</summary>
    public static IReadOnlyList<(string Word, string Opposite)> Opposites { get; } =
    [
        .. new[]
        {
            ("hot", "cold"), ("big", "small"), ("up", "down"), ("left", "right"), ("fast", "slow"), ("old", "new"), ("day", "night"),
            ("open", "closed"), ("full", "empty"), ("hard", "soft"), ("wet", "dry"), ("loud", "quiet"), ("happy", "sad"), ("rich", "poor"),
            ("early", "late"), ("strong", "weak"), ("light", "dark"),
        }.SelectMany(p => new[] { (p.Item1, p.Item2), (p.Item2, p.Item1) }),
    ];

    /// <summary>Everyday deeds with the three verbs of their steps.</summary>
    public static IReadOnlyList<(Operator Operator, IReadOnlyList<string> Steps)> Deeds { get; } =
    [
        Deed("clean", "rinse", "wipe", "dry"), Deed("wash", "soak", "scrub", "dry"), Deed("paint", "sand", "brush", "wait"),
        Deed("fix", "look", "mend", "test"), Deed("wrap", "fold", "tape", "tie"), Deed("carry", "lift", "walk", "lower"),
        Deed("draw", "sketch", "shade", "sign"), Deed("store", "sort", "stack", "label"), Deed("move", "lift", "push", "check"),
        Deed("find", "ask", "search", "look"), Deed("buy", "choose", "pay", "collect"), Deed("sell", "show", "agree", "hand over"),
        Deed("build", "measure", "join", "test"), Deed("make", "plan", "shape", "finish"), Deed("hide", "look", "cover", "wait"),
        Deed("measure", "mark", "read", "note"), Deed("decorate", "choose", "place", "admire"), Deed("weigh", "place", "read", "note"),
        Deed("repair", "open", "replace", "close"), Deed("describe", "look", "think", "write"), Deed("return", "pack", "send", "confirm"),
        Deed("polish", "dust", "rub", "shine"), Deed("choose", "compare", "think", "decide"), Deed("pack", "fold", "place", "close"),
    ];

    /// <summary>What everyday deeds are done to, with the article; most are the nouns that can be handled.</summary>
    public static IReadOnlyList<string> DeedOperands { get; } =
    [
        .. Nouns.Where(n => n.Category is "tool" or "vehicle" or "furniture" or "clothing" or "instrument").Select(n => n.WithArticle),
        "a window", "a lamp", "a floor", "a box", "a bottle", "a clock", "a mirror", "a door", "a fence", "a wall", "a toy", "a vase",
        "a bag", "a kite", "a basket", "a tent", "a cup", "a plate", "a book", "a carpet", "a pillow", "a bucket", "a candle", "a picture",
        "a map", "a wooden spoon", "a garden table", "a paper lantern", "a gift", "a letter",
    ];

    /// <summary>Single words for tasks on words.</summary>
    public static IReadOnlyList<string> Words { get; } =
        [.. Nouns.Select(n => n.Name), "window", "lamp", "floor", "box", "bottle", "clock", "mirror", "door", "fence", "cup", "book", "map"];

    static (Operator, IReadOnlyList<string>) Deed(string phrase, params string[] steps) => (Operator.Of(phrase), steps);

    static IEnumerable<Noun> Of(string category, string entries) =>
        entries.Split(' ').Select(entry =>
        {
            var (names, colour) = (entry[..entry.IndexOf(':', StringComparison.Ordinal)], entry[(entry.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            var split = names.Split('=');
            return new Noun(split[0], split.Length > 1 ? split[1] : split[0] + "s", category, colour);
        });
}
