namespace Plumbline.Tuning.Worlds;

/// <summary>Requests whose answers are facts of the world: categories, colours, plurals, opposites, first letters, capitals, sums.</summary>
static class FactTasks
{
    /// <summary>The task of adding two numbers.</summary>
    public const string Sum = "sum";

    const int LargestAddend = 5;

    /// <summary>All of them, in a fixed order. <paramref name="seed"/> decides the invented lands and their capitals.</summary>
    public static IReadOnlyList<Request> All(ulong seed) =>
    [
        .. EverydayLexicon.Nouns.SelectMany(OfNoun),
        .. EverydayLexicon.Opposites.Select(o => Fact("opposite", o.Word, $"The opposite of {o.Word} is {o.Opposite}.",
            "What is the opposite of {0}?", "Tell me the opposite of {0}.", "Give the opposite of the word {0}.", "Which word is the opposite of {0}?")),
        .. Capitals(seed).Select(c => Fact("capital", c.Land, $"The capital of {c.Land} is {c.City}.",
            "What is the capital of {0}?", "Which city is the capital of {0}?", "Tell me the capital of {0}.", "Name the capital city of {0}.")),
        .. Sums(),
    ];

    static IEnumerable<Request> OfNoun(Noun noun)
    {
        yield return Fact("category", noun.Name, $"{Capitalised(noun.WithArticle)} is a kind of {noun.Category}.",
            "What kind of thing is {1}?", "What category does {1} belong to?", "Tell me what kind of thing {1} is.", "In one sentence, what is {1}?");
        yield return Fact("colour", noun.Name, $"The colour of {noun.WithArticle} is {noun.Colour}.",
            "What colour is {1}?", "Tell me the colour of {1}.", "Which colour does {1} have?", "What is the colour of {1}?");
        yield return Fact("plural", noun.Name, $"The plural of {noun.Name} is {noun.Plural}.",
            "What is the plural of {0}?", "Tell me the plural of {0}.", "Give the plural form of {0}.", "How do you write more than one {0}?");
        yield return Fact("first letter", noun.Name, $"The first letter of {noun.Name} is {noun.Name[0]}.",
            "What is the first letter of {0}?", "Which letter does {0} start with?", "Tell me the first letter of {0}.", "Name the letter that begins {0}.");
    }

    static IEnumerable<Request> Sums()
    {
        for (var a = 0; a <= LargestAddend; a++)
            for (var b = 0; b <= LargestAddend; b++)
                yield return Fact(Sum, $"{a} and {b}", $"The sum is {a + b}.",
                    "What is the sum of {0}?", "Add {0}.", "Tell me the sum of {0}.", "How much are {0} together?");
    }

    static IEnumerable<(string Land, string City)> Capitals(ulong seed)
    {
        string[] starts = ["Ar", "Bel", "Cor", "Dun", "El", "Far", "Gal", "Hol", "Ist", "Jor", "Kal", "Lor"];
        string[] landEnds = ["via", "land", "mark", "nia"];
        string[] cityEnds = ["ton", "burg", "ville", "port", "ford"];
        var random = WorldRandom.For(seed, "capitals");
        var cityStarts = random.PickDistinct(starts, starts.Length);
        for (var i = 0; i < starts.Length; i++)
            yield return (starts[i] + random.Pick(landEnds), cityStarts[i] + random.Pick(cityEnds));
    }

    // {0} the operand, {1} the operand with its article.
    static Request Fact(string task, string operand, string answer, params string[] templates) => new()
    {
        Kind = RequestKind.Everyday,
        Task = task,
        Category = task,
        Operator = task,
        Operand = operand,
        Answer = answer,
        HeldOutByFormat = true,
        Phrasings = [.. templates.Select(t => t.Replace("{1}", Noun.WithArticleOf(operand), StringComparison.Ordinal).Replace("{0}", operand, StringComparison.Ordinal))],
    };

    static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
