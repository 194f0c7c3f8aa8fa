namespace Plumbline.Tuning.Worlds;

/// <summary>Requests whose answers follow from the request alone: repeat, pick, compare. Too many to list, so they are drawn.</summary>
static class ComputedTasks
{
    const int LargestNumber = 9;

    /// <summary>One request, drawn.</summary>
    public static Request Draw(WorldRandom random) => random.Next(3) switch
    {
        0 => Repeat(random),
        1 => Pick(random),
        _ => Compare(random),
    };

    /// <summary>A word to be said twice.</summary>
    public static Request Repeat(WorldRandom random)
    {
        var word = random.Pick(EverydayLexicon.Words);
        return Computed("repeat", $"{word} twice", $"Here it is: {word} and {word}.",
            $"Repeat the word {word} twice.", $"Say {word} twice.", $"Write the word {word} twice.", $"Please say the word {word} twice.");
    }

    /// <summary>The one of two things that is of a kind.</summary>
    public static Request Pick(WorldRandom random)
    {
        var things = random.PickDistinct(EverydayLexicon.Nouns, 2);
        if (things[0].Category == things[1].Category) return Pick(random);
        var list = $"{things[0].Name}, {things[1].Name}";
        var picked = things[random.Next(2)];
        return Computed("pick", $"{picked.Category} of {list}", $"The {picked.Category} is {picked.Name}.",
            $"Which word in this list is the {picked.Category}: {list}?", $"Name the {picked.Category} in this list: {list}.", $"Take the {picked.Category} from: {list}.");
    }

    static Request Compare(WorldRandom random)
    {
        var pair = random.PickDistinct([.. Enumerable.Range(0, LargestNumber + 1)], 2);
        var (a, b) = (pair[0], pair[1]);
        return Computed("compare", $"{a} or {b}", $"The larger number is {Math.Max(a, b)}.",
            $"Which number is larger, {a} or {b}?", $"Tell me the larger of {a} and {b}.", $"What is more, {a} or {b}?");
    }

    static Request Computed(string task, string operand, string answer, params string[] phrasings) => new()
    {
        Kind = RequestKind.Everyday,
        Task = task,
        Category = task,
        Operator = task,
        Operand = operand,
        Answer = answer,
        Phrasings = phrasings,
    };
}
