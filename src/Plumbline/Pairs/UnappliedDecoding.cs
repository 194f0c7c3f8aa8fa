namespace Plumbline.Pairs;

/// <summary>What models' own <c>generation_config.json</c> asks for that would change their answers elsewhere, and that the engine of this process does not apply.</summary>
public static class UnappliedDecoding
{
    /// <summary>The fact that names the fields that change any answer; absent where there are none.</summary>
    public const string OfEveryAnswer = "unappliedDecoding";

    /// <summary>The fact that names the fields that change only answers that are drawn at random; absent where there are none.</summary>
    public const string OfDrawnAnswers = "unappliedSampling";

    /// <summary>Why answers here may not be those that users of the models get, in a sentence for all models of which the same is to be said; none where nothing speaks for that.</summary>
    /// <param name="drawsAtRandom">Whether answers are drawn at a temperature above 0.</param>
    /// <param name="models">The models.</param>
    public static IEnumerable<string> Doubts(bool drawsAtRandom, params IEnumerable<ModelFacts> models) =>
        from model in models
        let fields = string.Join(", ", (drawsAtRandom ? new[] { OfEveryAnswer, OfDrawnAnswers } : [OfEveryAnswer]).Select(name => model.Facts.GetValueOrDefault(name)).OfType<string>())
        where fields.Length > 0
        group model.Name by fields into same
        select $"The generation_config.json of {string.Join(" and ", same.Distinct(StringComparer.Ordinal))} asks for {same.Key}, which is not applied here: where the model is served by what applies it, such as Transformers, it may answer "
            + "otherwise than here. Audit it there, by its address, or take out what nobody applies.";
}
