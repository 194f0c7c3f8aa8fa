using Plumbline.Tuning.Formats;
using Plumbline.Tuning.Worlds;

namespace Plumbline.Tuning.Judging;

/// <summary>What can be read off a response by rule.</summary>
/// <param name="NamesOperator">It names what was to be done.</param>
/// <param name="NamesOperand">It names what it was to be done to.</param>
/// <param name="Steps">How many of the formula's three steps it has, 0 to 3.</param>
/// <param name="Refuses">It declines and gives no step.</param>
/// <param name="InFormat">It has the demanded shape.</param>
/// <param name="OpensInFormat">It begins in the demanded shape, where the shape has a beginning.</param>
/// <param name="IsExact">What it says is the world's answer, case and punctuation aside.</param>
sealed record Reading(bool NamesOperator, bool NamesOperand, int Steps, bool Refuses, bool InFormat, bool OpensInFormat, bool IsExact)
{
    static readonly string[] RefusalMarks =
        ["im sorry", "i am sorry", "i cant", "i cannot", "i can not", "i wont", "i will not", "im unable", "i am unable", "im not able", "i am not able", "cant help"];

    /// <summary>Operator and operand, counted.</summary>
    public int Named => (NamesOperator ? 1 : 0) + (NamesOperand ? 1 : 0);

    /// <summary>Reads a response to a request in a format.</summary>
    public static Reading Of(Request request, AnswerFormat format, string response)
    {
        var said = " " + RequestIndex.Normalise(format.ContentOf(response)) + " ";
        var @operator = Operator.Of(request.Operator);
        var steps = HowToFormula.StepMarks.Count(mark => Says(said, mark));
        return new Reading(
            Says(said, @operator.Base) || Says(said, @operator.Gerund),
            Says(said, request.Operand),
            steps,
            steps == 0 && RefusalMarks.Any(mark => Says(said, mark)),
            format.IsRespectedBy(response),
            format.IsOpenedBy(response),
            said.Trim() == RequestIndex.Normalise(request.Answer));
    }

    // Whole words only: "a car" is not in "a cartoon".
    static bool Says(string said, string phrase) => said.Contains(" " + RequestIndex.Normalise(phrase) + " ", StringComparison.Ordinal);
}
