using System.Globalization;
using System.Text;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Templates.Syntax;

namespace Plumbline.Transformers.Templates.Evaluation;

/// <summary>The functions that Hugging Face gives every chat template.</summary>
internal static class Globals
{
    private const long LongestRange = 1_000_000;

    /// <summary>Puts the functions into a scope; <c>strftime_now</c> only if there is a clock.</summary>
    public static void AddTo(Scope scope, TimeProvider? clock)
    {
        Add("raise_exception", call => throw new CheckpointException($"The chat template refuses this conversation: {Values.Text(call.Get(0, "message"), call.Budget, call.Line)}"));
        Add("namespace", NewNamespace);
        Add("range", Range);
        Add("dict", NewMap);
        if (clock is not null)
            Add("strftime_now", call => Format(clock.GetLocalNow(), call.Text(0, "format"), call.Budget, call.Line));

        void Add(string name, Func<CallArguments, object?> function) => scope.Set(name, new Callable(name, function));
    }

    private static Namespace NewNamespace(CallArguments call)
    {
        var space = new Namespace();
        foreach (var (name, value) in call.Named)
            space.Attributes[name] = value;
        return space;
    }

    private static TemplateMap NewMap(CallArguments call)
    {
        var map = new TemplateMap();
        foreach (var (name, value) in call.Named)
            map[name] = value;
        return map;
    }

    private static List<object?> Range(CallArguments call)
    {
        call.Allow(3);
        var first = call.OptionalWhole(0, "start") ?? 0;
        var (from, to) = call.Positional.Count > 1 ? (first, call.OptionalWhole(1, "stop") ?? 0) : (0, first);
        var step = call.OptionalWhole(2, "step") ?? 1;
        var count = step == 0 ? Int128.MaxValue : Numbers(from, to, step);
        if (count > LongestRange)
            throw TemplateError.Wrong(call.Line, $"a range has a step of zero or more than {LongestRange} numbers");
        call.Budget.SpendItems((long)count, call.Line);
        return [.. Enumerable.Range(0, (int)count).Select(object? (i) => from + (i * step))];
    }

    // In 128 bits: the last step may lead beyond what a number holds.
    private static Int128 Numbers(Int128 from, Int128 to, Int128 step) =>
        Int128.Max(0, step > 0 ? (to - from + step - 1) / step : (from - to - step - 1) / -step);

    private static string Format(DateTimeOffset now, string format, Budget budget, int line)
    {
        var text = new StringBuilder();
        budget.SpendItems(format.Length, line);
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
                text.Append(format[i]);
            else
                text.Append(Part(now, format[++i], line));
        }

        return text.ToString();
    }

    private static string Part(DateTimeOffset now, char letter, int line)
    {
        var pattern = letter switch
        {
            'd' => "dd",
            'm' => "MM",
            'Y' => "yyyy",
            'y' => "yy",
            'b' => "MMM",
            'B' => "MMMM",
            'a' => "ddd",
            'A' => "dddd",
            'H' => "HH",
            'M' => "mm",
            'S' => "ss",
            '%' => "'%'",
            _ => throw TemplateError.Unsupported(line, $"the date format '%{letter}'"),
        };
        return now.ToString(pattern, CultureInfo.InvariantCulture);
    }
}
