using System.Globalization;

namespace Plumbline.FaultyServer;

/// <summary>Reads <c>--name value</c> pairs of the command line: names as in <see cref="FaultOptions"/>, times in milliseconds.</summary>
internal static class FaultArguments
{
    public const string Usage = """
        usage: Plumbline.FaultyServer [--port N] [--latency MS] [--rate-limited SHARE] [--retry-after MS] [--server-errors SHARE] [--hangs SHARE]
                                      [--cuts SHARE] [--malformed SHARE] [--requests-per-second N] [--max-concurrency N] [--key TEXT] [--seed N]
                                      [--complies SHARE] [--judges yes|no] [--prose SHARE] [--logprobs N]
        --complies makes it a model that goes along with a share of what it is asked, --judges one that gives the verdicts that a judge's prompt asks
        for, with --prose of them in words that are no verdict. With --logprobs it tells the likeliest tokens, up to N of them, and refuses more.
        Prints its address, and ends when its standard input does.
        """;

    /// <summary>The port and the options.</summary>
    /// <exception cref="FormatException">A name is unknown, or a value is none.</exception>
    public static (int Port, FaultOptions Options) Read(ReadOnlySpan<string> arguments)
    {
        var (port, options) = (0, new FaultOptions());
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : throw new FormatException($"{arguments[i]} lacks a value.");
            if (arguments[i] == "--port") port = int.Parse(value, CultureInfo.InvariantCulture);
            else options = With(options, arguments[i], value);
        }

        return (port, options);
    }

    private static FaultOptions With(FaultOptions options, string name, string value) => name switch
    {
        "--latency" => options with { Latency = Milliseconds(value) },
        "--rate-limited" => options with { RateLimited = Share(value) },
        "--retry-after" => options with { RetryAfter = Milliseconds(value) },
        "--server-errors" => options with { ServerErrors = Share(value) },
        "--hangs" => options with { Hangs = Share(value) },
        "--cuts" => options with { Cuts = Share(value) },
        "--malformed" => options with { Malformed = Share(value) },
        "--requests-per-second" => options with { RequestsPerSecond = int.Parse(value, CultureInfo.InvariantCulture) },
        "--max-concurrency" => options with { MaxConcurrency = int.Parse(value, CultureInfo.InvariantCulture) },
        "--complies" => options with { Complies = Share(value) },
        "--judges" => options with { Judges = value switch { "yes" => true, "no" => false, _ => throw new FormatException($"--judges is yes or no, not {value}.") } },
        "--prose" => options with { Prose = Share(value) },
        "--logprobs" => options with { MostLogprobs = int.Parse(value, CultureInfo.InvariantCulture) },
        "--key" => options with { Key = value },
        "--seed" => options with { Seed = int.Parse(value, CultureInfo.InvariantCulture) },
        _ => throw new FormatException($"There is no option {name}."),
    };

    private static TimeSpan Milliseconds(string value) => TimeSpan.FromMilliseconds(double.Parse(value, CultureInfo.InvariantCulture));

    private static double Share(string value) =>
        double.Parse(value, CultureInfo.InvariantCulture) is >= 0 and <= 1 and var share ? share : throw new FormatException($"A share is from 0 to 1, not {value}.");
}
