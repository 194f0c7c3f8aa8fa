using System.Security.Cryptography;
using Microsoft.Extensions.AI;
using Plumbline.Cli.Exits;
using Plumbline.Judges;
using Plumbline.Judges.Models;
using Plumbline.Judges.Panels;
using Plumbline.Judges.Refusal;
using Plumbline.Pairs;
using Plumbline.Providers.Models;
using Plumbline.Providers.Pacing;
using Plumbline.Suites;
using Plumbline.Tuning.Judging;

namespace Plumbline.Cli.Choices;

/// <summary>The judges that <c>--judge</c> names, or else the one that sees most of the suite.</summary>
internal static class JudgeChoice
{
    /// <summary>What <c>--judge</c> takes, for help.</summary>
    public const string Forms = "NAME, or NAME@MODEL for a model that judges ('plumb judges list')";

    /// <summary>Every judge that needs no model. To add one, name it here; those with a model are in <see cref="JudgeProtocols"/>.</summary>
    public static IReadOnlyList<IJudge> All => [new BobJudge(), new RefusalJudge(), .. PhraseLists.Judges];

    /// <summary>
    /// Without a name: bob's rule judge, which scores all three criteria, where every prompt of the suite is of bob's world (tasks that state
    /// their answer may stand beside them) and both models are known to speak as he does; refusal detection, which reads any model, otherwise.
    /// </summary>
    /// <param name="suite">The prompts.</param>
    /// <param name="areBobs">Whether both models are known to be bob or made from him (<see cref="BobKin"/>).</param>
    public static UsualJudge Usual(Suite suite, bool areBobs)
    {
        var bob = new BobJudge();
        // A task that states its answer is judged alike by both: alone it makes no suite of bob's.
        var isOfHisWorld = suite.Prompts.All(bob.Knows) && suite.Prompts.Any(prompt => bob.Knows(prompt with { Answer = null }));
        return !isOfHisWorld ? new UsualJudge(new RefusalJudge())
            : areBobs ? new UsualJudge(bob)
            : new UsualJudge(
                new RefusalJudge(),
                $"The prompts are of bob's world, but it is not known that both models are bob or made from him, and the judge '{bob.Id}' reads only what he says: "
                    + $"'{new RefusalJudge().Id}' judges. Where both are his, behind endpoints or recorded, choose with --judge {bob.Id}.");
    }

    /// <summary>Refuses what <see cref="Open(IReadOnlyList{string}, PanelRule?, IReadOnlyList{ModelFacts}, bool, ModelOpener, PacerPool, Func{OpenedModel, IChatClient}, Func{OpenedModel, OpenedModel})"/> would, without opening a model.</summary>
    /// <exception cref="UsageException">A name is unknown, a model is missing or too much, or a panel is asked of one judge.</exception>
    public static void Check(IReadOnlyList<string> names, PanelRule? panel)
    {
        var judges = names.Select(Parse).ToList();
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
            throw new UsageException($"--judge names '{twice.Key}' twice. A panel hears each judge once.");
        if (panel is not null && names.Count < 2)
            throw new UsageException("--panel joins several judges: give --judge more than once, or leave --panel out.");
        var harm = judges.Select(one => one.Protocol is { } protocol ? (protocol.Id, protocol.Criteria, protocol.HarmCut) : (one.Judge!.Id, one.Judge.Criteria, one.Judge.HarmCut))
            .Where(one => one.Criteria.Contains(Criterion.Harmfulness)).Select(one => (one.Id, one.HarmCut));
        if (panel == PanelRule.Mean && PanelJudge.WhyNoMean(harm) is { } reason)
            throw new UsageException(reason);
    }

    /// <summary>Opens the judges that are named: one by itself, several as a panel.</summary>
    /// <param name="names">What <c>--judge</c> was given; none for the usual one.</param>
    /// <param name="panel">How several become one; null for the majority.</param>
    /// <param name="usual">Who judges where none is named.</param>
    /// <param name="targets">The models whose answers are judged: none of them judges itself.</param>
    /// <param name="allowsSelf">Unless the user says so.</param>
    /// <param name="opener">Opens models.</param>
    /// <param name="pacers">Limits calls to endpoints, together with every other call.</param>
    /// <param name="clientOf">The client that asks a judging model, such as one that counts what it spends; null for the model's own.</param>
    /// <param name="shown">The model by what may be told of it; null for all that is known.</param>
    public static OpenedJudge Open(IReadOnlyList<string> names, PanelRule? panel, Func<UsualJudge> usual, IReadOnlyList<ModelFacts> targets, bool allowsSelf, ModelOpener opener, PacerPool pacers, Func<OpenedModel, IChatClient>? clientOf = null, Func<OpenedModel, OpenedModel>? shown = null)
    {
        Check(names, panel);
        return names.Count == 0 ? new OpenedJudge(usual().Judge, []) : Open(names, panel, targets, allowsSelf, opener, pacers, clientOf, shown);
    }

    /// <summary>The same where a judge must be named.</summary>
    public static OpenedJudge Open(IReadOnlyList<string> names, PanelRule? panel, IReadOnlyList<ModelFacts> targets, bool allowsSelf, ModelOpener opener, PacerPool pacers, Func<OpenedModel, IChatClient>? clientOf = null, Func<OpenedModel, OpenedModel>? shown = null)
    {
        Check(names, panel);
        var models = new List<OpenedModel>();
        try
        {
            var judges = names.Select(name => OpenOne(name, targets, allowsSelf, opener, pacers, clientOf, shown, models)).ToList();
            return new OpenedJudge(judges is [var single] ? single : new PanelJudge(judges, panel ?? PanelRule.Majority), models);
        }
        catch
        {
            foreach (var model in models) model.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a model that would judge its own answers.</summary>
    /// <exception cref="UsageException">It is one of <paramref name="targets"/>.</exception>
    public static void RequireOther(ModelFacts model, IReadOnlyList<ModelFacts> targets)
    {
        if (targets.FirstOrDefault(model.IsSameModelAs) is { } self)
            throw new UsageException($"'{self.Name}' would judge its own answers. Name another model behind the judge's '@', or say --allow-self-judge.");
    }

    private static IJudge OpenOne(string name, IReadOnlyList<ModelFacts> targets, bool allowsSelf, ModelOpener opener, PacerPool pacers, Func<OpenedModel, IChatClient>? clientOf, Func<OpenedModel, OpenedModel>? shown, List<OpenedModel> models)
    {
        var (judge, protocol, reference) = Parse(name);
        if (judge is not null) return judge;

        var model = opener.Open(reference!, Math.Max(1, Environment.ProcessorCount / 2), pacers);
        model = shown?.Invoke(model) ?? model;
        models.Add(model);
        if (!allowsSelf) RequireOther(model.Facts, targets);
        return new ModelJudge(protocol!, clientOf?.Invoke(model) ?? model.Client, model.Facts, () => RandomNumberGenerator.GetHexString(12, lowercase: true));
    }

    /// <summary>The judge that <paramref name="name"/> names, by a model that is open already.</summary>
    public static ModelJudge ByModel(string name, OpenedModel model) =>
        new(Parse(name).Protocol!, model.Client, model.Facts, () => RandomNumberGenerator.GetHexString(12, lowercase: true));

    private static (IJudge? Judge, JudgeProtocol? Protocol, ModelReference? Model) Parse(string name)
    {
        var parts = name.Split(ModelJudge.Separator, 2);
        var protocol = JudgeProtocols.All.FirstOrDefault(protocol => protocol.Id == parts[0]);
        if (protocol is not null)
        {
            return parts is [_, { Length: > 0 } model]
                ? (null, protocol, ModelReference.Parse(model))
                : throw new UsageException($"The judge '{protocol.Id}' asks a model: write --judge {protocol.Id}@MODEL, MODEL being {ModelReference.Forms}.");
        }

        var judge = All.FirstOrDefault(judge => judge.Id == parts[0])
            ?? throw NearestName.Unknown("judge", parts[0], All.Select(judge => judge.Id).Concat(JudgeProtocols.All.Select(protocol => protocol.Id)),
                $"Those that ask a model are written NAME@MODEL: {string.Join(", ", JudgeProtocols.All.Select(protocol => protocol.Id))}.");
        return parts.Length == 1
            ? (judge, null, null)
            : throw new UsageException($"The judge '{judge.Id}' asks no model: write --judge {judge.Id}.");
    }
}
