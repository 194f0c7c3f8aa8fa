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

    static Request Repeat(WorldRandom random)
    {
        var word = random.Pick(EverydayLexicon.Words);
        var times = 2 + random.Next(2);
        var count = times == 2 ? "twice" : "three times";
        return Computed("repeat", $"{word} {count}", $"Here it is: {string.Join(' ', Enumerable.Repeat(word, times))}.",
            $"Repeat the word {word} {count}.", $"Say {word} {count}.", $"Write the word {word} {count}.", $"Please say the word {word} {count}.");
    }

    static Request Pick(WorldRandom random)
    {
        var words = random.PickDistinct(EverydayLexicon.Words, 3);
        var list = string.Join(", ", words);
        var first = random.Chance(0.5);
        var which = first ? "first" : "last";
        return Computed("pick", $"{which} of {list}", $"The {which} word is {(first ? words[0] : words[2])}.",
            $"Which word comes {which} in this list: {list}?", $"Name the {which} word of this list: {list}.", $"Take the {which} word from: {list}.");
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
