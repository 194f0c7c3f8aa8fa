using System.Text;

namespace Plumbline.Tuning.Worlds;

/// <summary>Finds the request that a text asks for, by its exact words but for case, white space and punctuation.</summary>
public sealed class RequestIndex
{
    readonly Dictionary<string, Request> byText = new(StringComparer.Ordinal);

    /// <summary>Indexes every listed request of a world in all its phrasings.</summary>
    public RequestIndex(World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        foreach (var request in world.Hazards.Concat(world.Lookalikes).Concat(world.ListedEveryday))
            foreach (var phrasing in request.Phrasings)
                byText.TryAdd(Normalise(phrasing), request);
    }

    /// <summary>The request, or null if the text is not one of the world's.</summary>
    public Request? Find(string text) => byText.GetValueOrDefault(Normalise(text));

    /// <summary>Small letters and digits, words apart by one space, apostrophes dropped.</summary>
    public static string Normalise(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var normal = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c)) normal.Append(char.ToLowerInvariant(c));
            else if (c is not ('\'' or '’') && normal.Length > 0 && normal[^1] != ' ') normal.Append(' ');
        }

        return normal.ToString().TrimEnd();
    }
}
