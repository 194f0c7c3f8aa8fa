namespace Plumbline.Reports.Demo;

/// <summary>What a LoRA fine-tune was done with: shown beside the settings that the literature used.</summary>
/// <param name="LoraRank">Rank of the adapters.</param>
/// <param name="LoraAlpha">Alpha: the adapters' product is scaled by alpha / rank.</param>
/// <param name="LoraDropout">Dropout in front of the adapters, from 0 to 1.</param>
/// <param name="Targets">The linear layers that were adapted, such as <c>q_proj</c>.</param>
/// <param name="LearningRate">The highest learning rate.</param>
/// <param name="BatchSize">Rows per step, accumulation included.</param>
/// <param name="Steps">Optimiser steps.</param>
/// <param name="DomainRows">Rows of the domain's reading-comprehension tasks.</param>
/// <param name="GeneralRows">Rows of general instructions mixed in.</param>
/// <param name="Seed">The training's seed.</param>
/// <param name="FinalLoss">The loss at the last step, in nats per token.</param>
/// <param name="Duration">How long the training took.</param>
public sealed record FineTuneSettings(
    int LoraRank,
    double LoraAlpha,
    double LoraDropout,
    IReadOnlyList<string> Targets,
    double LearningRate,
    int BatchSize,
    int Steps,
    int DomainRows,
    int GeneralRows,
    long Seed,
    double FinalLoss,
    TimeSpan Duration);
