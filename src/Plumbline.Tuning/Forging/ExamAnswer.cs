using Plumbline.Tuning.Judging;
using Plumbline.Tuning.Rows;

namespace Plumbline.Tuning.Forging;

/// <summary>One answer in an examination.</summary>
sealed record ExamAnswer(WorldRow Row, string Response, Reading Reading, bool IsExact);
