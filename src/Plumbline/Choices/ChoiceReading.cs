using System.Text.Json.Serialization;
using Plumbline.Json;

namespace Plumbline.Choices;

/// <summary>How a model's choice among lettered options is found out.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ChoiceReading>))]
public enum ChoiceReading
{
    /// <summary>The model answers, and the letter is read from its words. One that says no letter has chosen nothing.</summary>
    Text,

    /// <summary>
    /// The letter that is the most probable next word is the choice, as MMLU's authors take it (arXiv 2009.03300). It measures what the model
    /// knows whether or not it would answer.
    /// </summary>
    LogProbability,
}
