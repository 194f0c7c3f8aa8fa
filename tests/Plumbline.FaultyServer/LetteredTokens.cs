using System.Text.Json;
using System.Text.RegularExpressions;

namespace Plumbline.FaultyServer;

/// <summary>The first tokens of a model that knows how to choose among lettered options: one letter, drawn from what is asked, is the likeliest, though a word
/// is likelier than either of the tokens that spell it.</summary>
internal static partial class LetteredTokens
{
    private const double OfTheWord = 0.3;
    private const double OfTheLetter = 0.5;

    public static IReadOnlyList<(string Token, double Logprob)> Of(JsonElement request)
    {
        var asked = AskedChat.Of(request);
        var letters = OptionLine().Matches(asked.Messages[^1].Text).Select(line => line.Groups[1].Value).ToList();
        if (letters.Count == 0) return [("I", Math.Log(OfTheWord)), ("The", Math.Log(OfTheLetter))];

        var chosen = letters[(int)(ContentDraw.Of(0, asked.Model, asked.Everything) * letters.Count)];
        var rest = (1 - OfTheWord - OfTheLetter) / letters.Count;
        return [("The", Math.Log(OfTheWord)), (chosen, Math.Log(OfTheLetter / 2)), (" " + chosen, Math.Log(OfTheLetter / 2)), .. letters.Where(letter => letter != chosen).Select(letter => (letter, Math.Log(rest)))];
    }

    [GeneratedRegex(@"^([A-Z])\)", RegexOptions.Multiline)]
    private static partial Regex OptionLine();
}
