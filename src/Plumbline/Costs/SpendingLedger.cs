using Microsoft.Extensions.AI;

namespace Plumbline.Costs;

/// <summary>
/// What a run spends, and the wall that it stops at. A call is sent only where the most that it can cost fits beside what is spent and what
/// the calls in flight can cost; one that does not waits for those, and if it still does not fit, no further call starts. So the budget is
/// not exceeded, unless a server bills tokens beyond the limit that it was given. Safe to use from many calls at once.
/// </summary>
public sealed class SpendingLedger
{
    // A judge or model that was given no limit; most servers stop there or before.
    const int UsualOutputLimit = 4096;

    readonly Lock gate = new();
    readonly Dictionary<(Spender Spender, string Model), ModelPrice?> prices = [];
    readonly Dictionary<(Spender Spender, string Model), TokenUsage> used = [];
    readonly Dictionary<(Spender Spender, string Model), CostLine> billed = [];
    readonly List<TaskCompletionSource> waiting = [];
    Func<Spender, string, TokenUsage, Task>? write;
    Task written = Task.CompletedTask;
    decimal spent;
    decimal reserved;
    bool isReached;

    /// <summary>A ledger of a run.</summary>
    /// <param name="currency">The currency of its prices; null where there are none.</param>
    /// <param name="budget">The most that the run may cost over all its sittings; null for no limit.</param>
    /// <exception cref="PriceException">The budget is not above 0, or there is one without prices.</exception>
    public SpendingLedger(string? currency = null, decimal? budget = null)
    {
        if (budget is <= 0)
            throw new PriceException($"A budget of {budget} buys nothing: it must be above 0.");
        if (budget is not null && currency is null)
            throw new PriceException("A budget needs prices to be held against. Give a price file too.");

        Currency = currency;
        Budget = budget;
    }

    /// <summary>The currency; null where there are no prices.</summary>
    public string? Currency { get; private set; }

    /// <summary>The most that the run may cost; null for no limit.</summary>
    public decimal? Budget { get; }

    /// <summary>What the run has cost so far, as far as its models have prices.</summary>
    public decimal Spent
    {
        get
        {
            lock (gate) return spent;
        }
    }

    /// <summary>Enters a model, and gives a client that counts and limits what <paramref name="client"/> spends.</summary>
    /// <exception cref="PriceException">There is a budget, and the model has no price.</exception>
    public IChatClient Meter(PricedModel model, IChatClient client)
    {
        Require(model);
        Enter(model);
        return new MeteredChatClient(client, this, model);
    }

    /// <summary>Enters a model that others asked before, or ask elsewhere, so that the bill has its price.</summary>
    public void Enter(PricedModel model)
    {
        lock (gate) prices[(model.Spender, model.Name)] = model.Price;
    }

    /// <summary>Refuses a model whose costs could not be held against the budget.</summary>
    /// <exception cref="PriceException">There is a budget, and the model has no price.</exception>
    public void Require(PricedModel model)
    {
        if (Budget is not null && model.Price is null)
            throw new PriceException($"There is a budget, but no price for the {model.Spender.ToString().ToLowerInvariant()} '{model.Name}': what it costs "
                + "could not be held against it. Add the model to the price file (with 0 and 0 where it is free).");
    }

    /// <summary>
    /// Takes over what an earlier document of the run billed: where no price is named this time, and no more was asked since, an amount stays what it
    /// was. Amounts of another currency cannot stand beside ours, and are not taken.
    /// </summary>
    internal void Keep(CostSummary earlier)
    {
        if (earlier.Currency is not { } currency || (Currency is not null && Currency != currency))
            return;

        lock (gate)
        {
            Currency = currency;
            foreach (var line in earlier.Lines.Where(line => line.Amount is not null))
                billed[(line.Spender, line.Model)] = line;
        }
    }

    /// <summary>
    /// Joins the ledger with what is written down of the run: that is what it has spent so far, in this sitting and in earlier ones, whatever the ledger counted
    /// itself before. From now on what judges and helpers spend is handed over. What the two models of the pair spend on cases stands in the journal with their
    /// answers.
    /// </summary>
    /// <param name="spentSoFar">All that is written down.</param>
    /// <param name="writeDown">Journals the rest; called from many threads. Null before there is a plan, when answers are written down by whoever asks.</param>
    internal void Join(IEnumerable<(Spender Spender, string Model, TokenUsage Usage)> spentSoFar, Func<Spender, string, TokenUsage, Task>? writeDown)
    {
        lock (gate)
        {
            write = writeDown;
            used.Clear();
            spent = 0;
            foreach (var (spender, model, usage) in spentSoFar)
                Enter((spender, model), usage, AmountOf(spender, model, usage));
        }
    }

    /// <summary>Prices what a run used.</summary>
    public CostSummary Bill(IEnumerable<(Spender Spender, string Model, TokenUsage Usage)> usage) =>
        CostSummary.Of(usage, AmountOf, Currency, Budget);

    /// <summary>"0.42 USD spent, about 3.10 USD in all, of 5.00 USD"; null where no model has a price.</summary>
    /// <param name="asked">The share of the run's own calls to the two models that is made, from 0 to 1.</param>
    /// <param name="judged">The share of its calls to judging models that is made, from 0 to 1.</param>
    public string? Describe(double asked, double judged)
    {
        lock (gate)
        {
            if (Currency is null || prices.Values.All(price => price is null || price == ModelPrice.Free))
                return null;

            var words = $"{Money.Of(spent, Currency)} spent";
            if ((asked < 1 || judged < 1) && InAll(asked, judged) is { } all)
                words += $", about {Money.Of(all, Currency)} in all";
            return Budget is { } most ? $"{words}, of {Money.Of(most, Currency)}" : words;
        }
    }

    /// <summary>What the run comes to where the rest costs as much as what is done; null while nothing is known of a model that costs something. Preparing attacks
    /// is over before the first case.</summary>
    decimal? InAll(double asked, double judged)
    {
        var all = 0m;
        foreach (var account in prices.Keys.Union(used.Keys))
        {
            // A judge without a price of its own here was asked before, and is not any more.
            var share = account.Spender switch { Spender.Helper => 1, Spender.Judge => prices.ContainsKey(account) ? judged : 1, _ => asked };
            if (share <= 0 && PriceOf(account.Spender, account.Model) is { } price && price != ModelPrice.Free)
                return null;
            all += share <= 0 ? 0 : (AmountOf(account.Spender, account.Model, used.GetValueOrDefault(account)) ?? 0) / (decimal)share;
        }

        return all;
    }

    /// <summary>Sets the most aside that a call can cost, or waits until it can be.</summary>
    /// <returns>The amount, to be given back by <see cref="Settle"/> or <see cref="Release"/>.</returns>
    /// <exception cref="BudgetReachedException">It does not fit.</exception>
    internal async Task<decimal> ReserveAsync(PricedModel model, IEnumerable<string> messages, int? outputLimit, CancellationToken cancellationToken)
    {
        if (Budget is null)
            return 0;

        var most = model.Price!.Of(TokenEstimate.AtMost(messages), outputLimit ?? UsualOutputLimit);
        while (!TryReserve(most, out var released))
            await released.WaitAsync(cancellationToken);
        return most;
    }

    /// <summary>
    /// A call was answered. Its usage is handed to the journal before the caller goes on, and so stands there before whatever becomes of the answer; nobody
    /// waits for it, or each answer would wait for two writes, and a kill lose twice as many. <see cref="LeaveAsync"/> tells whether it got there.
    /// </summary>
    internal void Settle(PricedModel model, decimal amount, TokenUsage usage)
    {
        lock (gate)
        {
            Enter((model.Spender, model.Name), usage, PriceOf(model.Spender, model.Name)?.Of(usage));
            GiveBack(amount);
            // The two models' calls are journaled with their answers.
            if (model.Spender is not (Spender.Judge or Spender.Helper) || write is not { } writeDown)
                return;

            var now = writeDown(model.Spender, model.Name, usage);
            written = written.IsCompletedSuccessfully ? now : Task.WhenAll(written, now);
        }
    }

    /// <summary>Leaves the run, whose journal is about to be closed. Ends when all usage that was handed over is in it.</summary>
    /// <exception cref="IOException">Some could not be written.</exception>
    internal Task LeaveAsync()
    {
        lock (gate)
        {
            // Whoever prints the bill holds the ledger, which is not to hold the journal's marks of every answer for it.
            write = static (_, _, _) => throw new InvalidOperationException("A call was answered after its run had been left: what it took is in no journal.");
            return written;
        }
    }

    /// <summary>A call failed: what is set aside for it is free again.</summary>
    internal void Release(decimal amount)
    {
        lock (gate) GiveBack(amount);
    }

    /// <summary>Whether the amount is set aside; where not, <paramref name="released"/> is what to wait for.</summary>
    bool TryReserve(decimal amount, out Task released)
    {
        released = Task.CompletedTask;
        lock (gate)
        {
            if (!isReached && spent + reserved + amount <= Budget)
            {
                reserved += amount;
                return true;
            }

            isReached |= reserved == 0;
            if (isReached)
                throw new BudgetReachedException(spent, Budget!.Value, Currency!);

            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add(source);
            released = source.Task;
            return false;
        }
    }

    void Enter((Spender Spender, string Model) account, TokenUsage usage, decimal? amount)
    {
        used[account] = used.GetValueOrDefault(account) + usage;
        spent += amount ?? 0;
    }

    /// <summary>What all that a model took comes to; null where nobody says, or has said, what it costs.</summary>
    decimal? AmountOf(Spender spender, string model, TokenUsage usage)
    {
        lock (gate)
        {
            var isBilled = billed.TryGetValue((spender, model), out var line) && line.Usage == usage;
            return PriceOf(spender, model) is { } price && (!isBilled || prices.ContainsKey((spender, model))) ? price.Of(usage)
                : isBilled ? line!.Amount
                : null;
        }
    }

    /// <summary>An earlier sitting may have called the same model by another name, such as another path: whoever does its work now has its price. A
    /// judge by another name is another judge.</summary>
    ModelPrice? PriceOf(Spender spender, string model)
    {
        lock (gate)
        {
            if (prices.TryGetValue((spender, model), out var price) || spender == Spender.Judge)
                return price;
            var own = prices.Where(known => known.Key.Spender == spender).ToList();
            return own.Count == 1 ? own[0].Value : null;
        }
    }

    void GiveBack(decimal amount)
    {
        reserved -= amount;
        foreach (var source in waiting)
            source.SetResult();
        waiting.Clear();
    }
}
