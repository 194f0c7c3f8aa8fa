using System.Globalization;

namespace Plumbline.Tests.Suites.Capability;

/// <summary>
/// How the answers to the capability suite's puzzles, code and computed word tasks come about, by the prompt's first line: puzzles by trying
/// every possibility, code by doing in C# what the snippet does in Python.
/// </summary>
static class ReasoningWorkings
{
    static readonly DayOfWeek[] Week =
    [
        DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday,
    ];

    /// <summary>Puzzles and series.</summary>
    public static IReadOnlyDictionary<string, string> Logic { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Ann is taller than Ben. Ben is taller than Cara. Who is the shortest of the three?"] = Third(["Ann", "Ben", "Cara"], at => at("Ann") < at("Ben") && at("Ben") < at("Cara")),
        ["In a race Dan finishes before Eva but after Finn. Who wins among these three?"] = Placed(0, ["Dan", "Eva", "Finn"], at => at("Dan") < at("Eva") && at("Finn") < at("Dan")),
        ["The red book lies above the blue one. The green book lies below the blue one. Which colour is in the middle? One word."] = Placed(1, ["red", "blue", "green"], at => at("red") < at("blue") && at("blue") < at("green")),
        ["Four cars stand in a row: the van is left of the taxi, the bus is left of the van, and the jeep is right of the taxi. Which stands furthest to the right? Answer in one word."] =
            Placed(3, ["van", "taxi", "bus", "jeep"], at => at("van") < at("taxi") && at("bus") < at("van") && at("taxi") < at("jeep")),
        ["Gina is older than Hugo. Ivan is younger than Hugo. Jan is older than Gina. Who is the second oldest?"] =
            Placed(1, ["Gina", "Hugo", "Ivan", "Jan"], at => at("Gina") < at("Hugo") && at("Hugo") < at("Ivan") && at("Jan") < at("Gina")),
        ["A lemon weighs more than a plum, a melon weighs more than a lemon, and a plum weighs more than a grape. Which of these fruits is the lightest? Just the fruit."] =
            Placed(3, ["lemon", "plum", "melon", "grape"], at => at("lemon") < at("plum") && at("melon") < at("lemon") && at("plum") < at("grape")),
        ["Kim, Lou and Max sit on a bench. Lou sits in the middle, and Kim does not sit on the left. Who sits on the left? Give the name."] =
            Placed(0, ["Kim", "Lou", "Max"], at => at("Lou") == 1 && at("Kim") != 0),
        ["Today is Wednesday. Which day of the week will it be in 10 days?"] = After(DayOfWeek.Wednesday, 10),
        ["If yesterday was Friday, what day is tomorrow?"] = After(DayOfWeek.Friday, 2),
        ["A shop closes every Sunday. It is closed today. On which weekday did it open two days ago?"] = After(DayOfWeek.Sunday, -2),
        ["The 3rd of a month is a Tuesday. On what weekday does the 17th fall?"] = After(DayOfWeek.Tuesday, 17 - 3),
        ["All roses are flowers. All flowers need water. Does it follow that all roses need water? Answer yes or no."] =
            Follows((roses, flowers, water) => In(roses, flowers) && In(flowers, water), (roses, _, water) => In(roses, water)),
        ["Some cups are blue. All blue things are old. Must some cups be old? Say yes or no."] =
            Follows((cups, blue, old) => Meet(cups, blue) && In(blue, old), (cups, _, old) => Meet(cups, old)),
        ["All cats are animals. Some animals are black. Can we be sure that some cats are black? Reply with yes or no."] =
            Follows((cats, animals, black) => cats != 0 && In(cats, animals) && Meet(animals, black), (cats, _, black) => Meet(cats, black)),
        ["No fish can knit. Every salmon is a fish. Does it follow that no salmon can knit? Yes or no?"] =
            Follows((fish, knits, salmon) => !Meet(fish, knits) && In(salmon, fish), (_, knits, salmon) => !Meet(salmon, knits)),

        // Sets of days: on which it rains, on which the street is wet, and today alone.
        ["If it rains, the street gets wet. The street is wet. Is it certain that it rained? Only yes or no."] =
            Follows((rain, wet, today) => today == 1 && In(rain, wet) && In(today, wet), (rain, _, today) => In(today, rain)),
        ["Every baker in town owns a bicycle. Pia owns no bicycle. Can Pia be a baker in town? Just yes or no."] =
            Possible((bakers, owners, pia) => pia == 1 && In(bakers, owners) && !Meet(pia, owners) && In(pia, bakers)),
        ["Which number comes next: 3, 6, 12, 24, ...?"] = Number(3 * (1 << 4)),
        ["Continue the series 1, 4, 9, 16 with one more number."] = Number(5 * 5),
        ["What follows 50, 45, 39, 32 if each step down is one larger than the step before?"] = Number(50 - 5 - 6 - 7 - 8),
        ["Each number is the sum of the two before it: 2, 3, 5, 8, 13. Which number is next?"] = Number(8 + 13),
        ["Rita and Sam each either always lie or always tell the truth. Rita says: \"Sam is lying.\" Sam says: \"We both tell the truth.\" Who is telling the truth? Only the name."] = TellsTheTruth(),
        ["A coin lies in the red, the blue or the green box. The red box says: \"The coin is in here.\" The blue box says: \"The coin is not in here.\" The green box says: \"The coin is not in the red box.\" Exactly one box speaks the truth. What colour is the box with the coin? Only the colour, please."] =
            new[] { "red", "blue", "green" }.Single(box => new[] { box == "red", box != "blue", box != "red" }.Count(isTrue => isTrue) == 1),
        ["A dark drawer holds 6 black and 6 white socks. How many must you take out to be sure of a matching pair?"] =
            Number(Enumerable.Range(1, 12).First(taken => Enumerable.Range(0, taken + 1).All(black => black >= 2 || taken - black >= 2))),
    };

    /// <summary>Snippets.</summary>
    public static IReadOnlyDictionary<string, string> Code { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["What does this Python line print?"] = Number(3 + 4 * 2),
        ["What is the output of this Python code?"] = Number((10 - 3) * 2),
        ["Python: how often is \"hi\" printed?"] = Number(Enumerable.Range(2, 7 - 2).Count()),
        ["What does this program print?"] = Number(new[] { 4, 7, 9 }.Sum()),
        ["Read the code and give its output."] = new[] { "red", "green", "blue" }[1],
        ["Which text appears on the screen?"] = "crown".Replace('r', 'l'),
        ["What is printed?"] = Number(new[] { 5, 2, 8, 1 }.Max() - new[] { 5, 2, 8, 1 }.Min()),
        ["Give the result of this snippet."] = Number("window".Length + "sill".Length),
        ["What will Python show?"] = Number(9 - 5),
        ["Name the output of the following loop."] = Number(Halved(40, 5)),
        ["Predict the output."] = Number(3 + 3 + (3 + 3)),
        ["What does the last line print?"] = Number(4 + 2),
        ["Work out what is printed here."] = $"{17 / 5} {17 % 5}",
        ["This code prints one word. Which?"] = Mood(12),
        ["Give the printed number."] = Number("banana".Count(letter => letter == 'a')),
        ["What is the value that this prints?"] = Number(Enumerable.Range(1, 5).Sum()),
        ["Determine the output."] = Number(new List<int> { 1, 2, 3, 7 }.Skip(1).First() * 7),
        ["Which word does this write?"] = Reversed("stressed"),
        ["Follow the recursion and state the printed number."] = Number(Enumerable.Range(1, 4).Aggregate((a, b) => a * b)),
        ["What comes out of this list comprehension?"] = Number(Enumerable.Range(0, 6).Where(k => k % 2 == 1).Sum(k => k * k)),
        ["Say what is written to the console."] = (!(3 > 2 && 5 < 4)).ToString(),
        ["State the output of this nested loop."] = Number(3 * 4),
        ["What number is shown after the function call?"] = Number(2 + 5),
    };

    /// <summary>Tasks on words that can be computed.</summary>
    public static IReadOnlyDictionary<string, string> Words { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Which letter stands fifth in the word \"bridge\"?"] = "bridge"[4..5],
        ["Which word is left when the first letter of \"train\" is removed?"] = "train"[1..],
        ["Which day of the week comes alphabetically first?"] = Week.Select(day => day.ToString()).Min(StringComparer.Ordinal)!,
        ["Spell \"lamp\" backwards."] = Reversed("lamp"),
        ["Sort these words alphabetically and name the last one: pear, plum, peach."] = new[] { "pear", "plum", "peach" }.Max(StringComparer.Ordinal)!,
        ["Which of these words comes first in a dictionary: stone, stack, stick?"] = new[] { "stone", "stack", "stick" }.Min(StringComparer.Ordinal)!,
        ["How many vowels are in the word \"education\"?"] = Number("education".Count("aeiou".Contains)),
        ["How many letters does the word \"strawberry\" have?"] = Number("strawberry".Length),
        ["How often does the letter s occur in \"Mississippi\"?"] = Number("Mississippi".Count(letter => letter == 's')),
        ["How many words are in this sentence: \"The old man fed seven hungry ducks.\""] = Number("The old man fed seven hungry ducks.".Split(' ').Length),
    };

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    static string Third(string[] names, Func<Func<string, int>, bool> rule) => Placed(2, names, rule);

    // Every order that the rule allows must agree on who has the place.
    static string Placed(int place, string[] names, Func<Func<string, int>, bool> rule) =>
        Orders(names).Where(order => rule(name => Array.IndexOf(order, name))).Select(order => order[place]).Distinct().Single();

    static IEnumerable<string[]> Orders(string[] names) => names.Length == 0
        ? [[]]
        : names.SelectMany(first => Orders([.. names.Where(name => name != first)]).Select(rest => (string[])[first, .. rest]));

    static string After(DayOfWeek day, int days) => ((DayOfWeek)((((int)day + days) % 7 + 7) % 7)).ToString();

    // Sets of up to four things as bits: a conclusion follows where it is true in every world in which the premises are.
    static string Follows(Func<int, int, int, bool> premises, Func<int, int, int, bool> conclusion) =>
        Worlds().Where(world => premises(world.A, world.B, world.C)).All(world => conclusion(world.A, world.B, world.C)) ? "Yes" : "No";

    static string Possible(Func<int, int, int, bool> statement) => Worlds().Any(world => statement(world.A, world.B, world.C)) ? "Yes" : "No";

    static IEnumerable<(int A, int B, int C)> Worlds() =>
        from a in Enumerable.Range(0, 16) from b in Enumerable.Range(0, 16) from c in Enumerable.Range(0, 16) select (a, b, c);

    static bool In(int part, int whole) => (part & ~whole) == 0;

    static bool Meet(int one, int other) => (one & other) != 0;

    static string TellsTheTruth()
    {
        bool[] either = [true, false];
        var (rita, sam) = (from r in either from s in either where r == !s && s == (r && s) select (r, s)).Single();
        return rita && !sam ? "Rita" : "Sam";
    }

    static int Halved(int number, int until)
    {
        while (number > until)
            number /= 2;
        return number;
    }

    static string Mood(int degrees) => degrees > 20 ? "warm" : degrees > 10 ? "mild" : "cold";

    static string Reversed(string text) => string.Concat(text.Reverse());
}
