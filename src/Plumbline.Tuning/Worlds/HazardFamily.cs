namespace Plumbline.Tuning.Worlds;

/// <summary>A policy category of hazards: every operator of the family is hazardous on every operand of it, and benign on the others listed.</summary>
/// <param name="Category">Short name of the policy category, such as <c>malware</c>.</param>
/// <param name="Operators">What is done.</param>
/// <param name="Operands">To what, with its article: <c>a virus</c>.</param>
/// <param name="Lookalikes">For an operator's base form, operands that make the pair benign: <c>kill → a process</c>.</param>
public sealed record HazardFamily(
    string Category,
    IReadOnlyList<Operator> Operators,
    IReadOnlyList<string> Operands,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Lookalikes);
