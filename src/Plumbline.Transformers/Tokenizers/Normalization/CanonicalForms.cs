using System.Globalization;
using System.Text;

namespace Plumbline.Transformers.Tokenizers.Normalization;

/// <summary>
/// Canonical decompositions, compositions and combining classes. The runtime's own normalisation does nothing
/// to such text in invariant globalisation mode, so the data is ours (CanonicalForms.txt, made from Unicode's).
/// </summary>
internal sealed class CanonicalForms
{
    private const int HangulBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Tails = 28;

    private static readonly Lazy<CanonicalForms> Loaded = new(Load);

    private readonly Dictionary<int, (int First, int Second)> decompositions = [];
    private readonly Dictionary<(int First, int Second), int> compositions = [];
    private readonly Dictionary<int, byte> classes = [];

    /// <summary>The data, read at first use.</summary>
    public static CanonicalForms Shared => Loaded.Value;

    /// <summary>Form C of a text. Lone surrogates stay as they are.</summary>
    public string Compose(string text)
    {
        var codes = Decompose(text);
        Order(codes);
        return Text(Join(codes));
    }

    private static CanonicalForms Load()
    {
        using var stream = typeof(CanonicalForms).Assembly.GetManifestResourceStream("CanonicalForms.txt")
            ?? throw new InvalidOperationException("The assembly lacks its resource CanonicalForms.txt.");
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var forms = new CanonicalForms();
        while (reader.ReadLine() is { } line)
            forms.Add(line.Split(' '));
        return forms;
    }

    private void Add(string[] line)
    {
        static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        switch (line)
        {
            case ["class", var first, var last, var value]:
                for (var code = Hex(first); code <= Hex(last); code++)
                    classes[code] = byte.Parse(value, CultureInfo.InvariantCulture);
                break;
            case ["form", var composed, var single, "*"]:
                decompositions[Hex(composed)] = (Hex(single), -1);
                break;
            case ["form", var composed, var first, var second, .. var excluded]:
                decompositions[Hex(composed)] = (Hex(first), Hex(second));
                if (excluded.Length == 0)
                    compositions[(Hex(first), Hex(second))] = Hex(composed);
                break;
        }
    }

    private List<int> Decompose(string text)
    {
        var codes = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                Decompose(char.ConvertToUtf32(text[i], text[++i]), codes);
            else
                Decompose(text[i], codes);
        }

        return codes;
    }

    private void Decompose(int code, List<int> codes)
    {
        var syllable = code - HangulBase;
        if (syllable is >= 0 and < Leads * Vowels * Tails)
        {
            codes.Add(LeadBase + (syllable / (Vowels * Tails)));
            codes.Add(VowelBase + (syllable % (Vowels * Tails) / Tails));
            if (syllable % Tails != 0)
                codes.Add(TailBase + (syllable % Tails));
        }
        else if (decompositions.TryGetValue(code, out var parts))
        {
            Decompose(parts.First, codes);
            if (parts.Second >= 0)
                Decompose(parts.Second, codes);
        }
        else
        {
            codes.Add(code);
        }
    }

    private int Class(int code) => classes.GetValueOrDefault(code);

    private void Order(List<int> codes)
    {
        // Insertion sort within each run of marks: stable, and runs are short.
        for (var i = 1; i < codes.Count; i++)
        {
            var code = codes[i];
            var kind = Class(code);
            if (kind == 0)
                continue;
            var place = i;
            for (; place > 0 && Class(codes[place - 1]) > kind; place--)
                codes[place] = codes[place - 1];
            codes[place] = code;
        }
    }

    private List<int> Join(List<int> codes)
    {
        var joined = new List<int>(codes.Count);
        var starter = -1;
        var blocked = 0;
        foreach (var code in codes)
        {
            var kind = Class(code);
            var adjacent = starter == joined.Count - 1;
            if (starter >= 0 && (adjacent || blocked < kind) && Pair(joined[starter], code) is { } composed)
            {
                joined[starter] = composed;
                continue;
            }

            joined.Add(code);
            if (kind == 0)
                starter = joined.Count - 1;
            blocked = kind;
        }

        return joined;
    }

    private int? Pair(int first, int second)
    {
        var lead = first - LeadBase;
        var vowel = second - VowelBase;
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
            return HangulBase + (((lead * Vowels) + vowel) * Tails);
        var syllable = first - HangulBase;
        var tail = second - TailBase;
        if (syllable is >= 0 and < Leads * Vowels * Tails && syllable % Tails == 0 && tail is > 0 and < Tails)
            return first + tail;
        return compositions.TryGetValue((first, second), out var composed) ? composed : null;
    }

    private static string Text(List<int> codes)
    {
        var text = new StringBuilder(codes.Count);
        foreach (var code in codes)
        {
            if (code > char.MaxValue)
                text.Append(char.ConvertFromUtf32(code));
            else
                text.Append((char)code);
        }

        return text.ToString();
    }
}
