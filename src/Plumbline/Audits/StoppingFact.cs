using System.Text.Json.Serialization;

namespace Plumbline.Audits;

/// <summary>What became of a stopping rule.</summary>
/// <param name="Rule">What it watched for, and at which error rate.</param>
/// <param name="OrderSeed">The seed of the order in which cases were asked; null for the suite's own order.</param>
/// <param name="Taken">How many cases, in the order of the plan, it was given.</param>
/// <param name="Planned">How many there were.</param>
/// <param name="Stopped">Why it stopped the run; null where it did not.</param>
/// <param name="CallsSaved">Calls that were planned and never answered because of it; 0 where it did not stop the run.</param>
/// <param name="Sequential">The evidence where it is the sequential rule; null for another.</param>
public sealed record StoppingFact(
    string Rule,
    long? OrderSeed,
    int Taken,
    int Planned,
    string? Stopped,
    int CallsSaved,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SequentialFact? Sequential = null);
