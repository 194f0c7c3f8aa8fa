namespace Plumbline.Costs;

/// <summary>The next call might cost more than is left of the budget, so it was not sent. It says nothing about the case, which stays
/// pending; the run can be resumed with a larger budget.</summary>
/// <param name="spent">What the run has cost so far, in all its sittings.</param>
/// <param name="budget">What it may cost.</param>
/// <param name="currency">The currency of both.</param>
public sealed class BudgetReachedException(decimal spent, decimal budget, string currency) : Exception(
    $"The budget of {Money.Of(budget, currency)} is reached: {Money.Of(spent, currency)} are spent, and the next call might cost more than "
        + "is left. What was answered so far is kept: run the same command with a larger budget to go on.")
{
    /// <summary>What the run has cost so far.</summary>
    public decimal Spent { get; } = spent;

    /// <summary>What it may cost.</summary>
    public decimal Budget { get; } = budget;

    /// <summary>The currency of both.</summary>
    public string Currency { get; } = currency;
}
