using System.Globalization;
using System.Text;

namespace Plumbline.Transformers.Templates.Evaluation;

/// <summary>Writes values as Python's <c>repr</c> does.</summary>
internal sealed class Written(Budget budget, int line)
{
    private readonly StringBuilder text = new();

    /// <summary>A value's <c>repr</c>.</summary>
    public static string Of(object? value, Budget budget, int line)
    {
        var written = new Written(budget, line);
        written.Add(value);
        return written.text.ToString();
    }

    private void Add(object? value)
    {
        budget.Enter(line);
        switch (value)
        {
            case List<object?> list:
                AddItems('[', ']', list, Add);
                break;
            case TemplateMap map:
                AddItems('{', '}', map, AddPair);
                break;
            case string words:
                AddQuoted(words);
                break;
            default:
                text.Append(Plain(value));
                break;
        }

        budget.Leave();
    }

    private void AddPair(KeyValuePair<string, object?> pair)
    {
        AddQuoted(pair.Key);
        text.Append(": ");
        Add(pair.Value);
    }

    private void AddItems<T>(char open, char close, IReadOnlyCollection<T> items, Action<T> add)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                text.Append(", ");
            first = false;
            add(item);
        }

        text.Append(close);
    }

    private static string Plain(object? value) => value switch
    {
        null => "None",
        true => "True",
        false => "False",
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        double number => Values.Float(number),
        _ => $"<{Values.Kind(value)}>",
    };

    private void AddQuoted(string words)
    {
        budget.Spend(words.Length, line);
        var quote = words.Contains('\'', StringComparison.Ordinal) && !words.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        text.Append(quote);
        foreach (var letter in words)
        {
            if (letter == '\\' || letter == quote)
                text.Append('\\').Append(letter);
            else if (letter == '\n')
                text.Append("\\n");
            else if (letter == '\r')
                text.Append("\\r");
            else if (letter == '\t')
                text.Append("\\t");
            else
                text.Append(letter);
        }

        text.Append(quote);
    }
}
