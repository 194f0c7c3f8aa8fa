namespace Plumbline.Tests.Suites.Capability;

/// <summary>How each number of the capability suite comes about, by the prompt's first line: written from the question, so that an answer is compared with a calculation and not with
/// itself.</summary>
static class NumberWorkings
{
    /// <summary>Sums as they are asked.</summary>
    public static IReadOnlyDictionary<string, decimal> Arithmetic { get; } = new Dictionary<string, decimal>(StringComparer.Ordinal)
    {
        ["What is 38 + 47? Answer with the number only."] = 38m + 47m,
        ["Subtract 286 from 1000. Give only the number."] = 1000m - 286m,
        ["How much is 17 times 6?"] = 17m * 6m,
        ["Divide 364 by 7. Number only, please."] = 364m / 7m,
        ["Compute 9 * 8 - 5 * 4."] = 9m * 8m - 5m * 4m,
        ["Evaluate (12 + 18) / 5."] = (12m + 18m) / 5m,
        ["What is 15% of 240?"] = 240m * 15m / 100m,
        ["Find three quarters of 92."] = 92m * 3m / 4m,
        ["What is the remainder when 100 is divided by 7?"] = 100m % 7m,
        ["Add 4 to minus 11. What do you get?"] = 4m + -11m,
        ["Work out 0.5 + 0.75 as a decimal."] = 0.5m + 0.75m,
        ["What number is 2.5 multiplied by 8?"] = 2.5m * 8m,
        ["What is the sum of 125, 250 and 375?"] = 125m + 250m + 375m,
        ["Calculate 2 to the power of 10."] = 2m * 2m * 2m * 2m * 2m * 2m * 2m * 2m * 2m * 2m,
        ["What is 13 squared?"] = 13m * 13m,
        ["Multiply 25 by 16. Reply with just the product."] = 25m * 16m,
        ["What is the average of 6, 11, 14 and 21?"] = (6m + 11m + 14m + 21m) / 4m,
        ["How much is half of 1,250?"] = 1250m / 2m,
        ["Take 19 away from 7. Which number is left?"] = 7m - 19m,
        ["Double 346 and then subtract 100."] = 346m * 2m - 100m,
        ["Round 4,683 to the nearest hundred."] = (4683m + 50m - (4683m + 50m) % 100m),
        ["What is 1/4 of 1/2 of 64?"] = 64m / 2m / 4m,
        ["Write 3/8 as a decimal."] = 3m / 8.0m,
        ["If 5 * n = 45, what is n?"] = 45m / 5m,
        ["Solve for x: x + 29 = 61."] = 61m - 29m,
        ["By how much is 9,000 larger than 8,427?"] = 9000m - 8427m,
        ["What do you get when 84 is split into 12 equal parts?"] = 84m / 12m,
        ["What is 7 factorial divided by 5 factorial?"] = 7m * 6m,
    };

    /// <summary>Stories as sums.</summary>
    public static IReadOnlyDictionary<string, decimal> WordProblems { get; } = new Dictionary<string, decimal>(StringComparer.Ordinal)
    {
        ["A box holds 24 pencils. How many pencils are in 9 boxes?"] = 24m * 9m,
        ["Mia has 53 stickers and gives 18 to her brother. How many does she keep?"] = 53m - 18m,
        ["A bus leaves with 31 people. At the first stop 12 get off and 7 get on. How many people are on the bus now?"] = 31m - 12m + 7m,
        ["Tickets cost 8 euros for adults and 5 euros for children. What do 2 adults and 3 children pay together, in euros?"] = 2m * 8m + 3m * 5m,
        ["A train travels at 90 km per hour for 4 hours. How many kilometres does it cover?"] = 90m * 4m,
        ["Omar reads 15 pages a day. How many days does he need for a book of 180 pages?"] = 180m / 15m,
        ["A rope of 7.5 metres is cut into pieces of 1.5 metres. How many pieces are there?"] = 7.5m / 1.5m,
        ["Three friends share a bill of 87 dollars equally. What does each of them pay?"] = 87m / 3m,
        ["A shirt costs 40 euros and is reduced by 25 percent. What is the new price in euros?"] = 40m - 40m * 25m / 100m,
        ["Lena is 4 years older than Tom, and Tom is 13. How old will Lena be in 5 years?"] = 13m + 4m + 5m,
        ["A farmer has 6 cows and 11 hens. How many legs do the animals have altogether?"] = 6m * 4m + 11m * 2m,
        ["A tank of 60 litres is one third full. How many litres are missing?"] = 60m - 60m / 3m,
        ["Eggs are sold in cartons of 12. How many eggs are left over when 100 eggs are packed into full cartons?"] = 100m % 12m,
        ["A recipe for 4 people needs 300 grams of rice. How many grams are needed for 10 people?"] = 300m * 10m / 4m,
        ["A rectangle is 14 cm long and 9 cm wide. What is its perimeter in centimetres?"] = 2m * (14m + 9m),
        ["The floor of a square room measures 6 metres along each side. What is its area in square metres?"] = 6m * 6m,
        ["Ben saves 35 dollars a month. How much has he saved after one year?"] = 35m * 12m,
        ["A film starts at 19:20 and ends at 21:05. How many minutes does it last?"] = (21m * 60m + 5m) - (19m * 60m + 20m),
        ["Five workers paint a fence in 12 hours. How many hours would six workers need at the same pace?"] = 5m * 12m / 6m,
        ["Noor buys 3 notebooks at 2.40 euros each and pays with a ten-euro note. How many euros does she get back?"] = 10m - 3m * 2.4m,
        ["A lift starts on floor 3, goes up 8 floors, then down 5. On which floor does it stop?"] = 3m + 8m - 5m,
        ["In a class of 28 pupils, 4 out of 7 wear glasses. How many wear glasses?"] = 28m * 4m / 7m,
        ["A snail climbs 3 metres each day and slips back 2 metres each night. After how many days is it first at a height of 5 metres?"] = 5m - 3m + 1m,
        ["Sara has twice as many marbles as Leo. Together they have 36. How many does Leo have?"] = 36m / 3m,
        ["A printer makes 18 pages a minute. How many pages are done in two and a half minutes?"] = 18m * 2.5m,
        ["There are 5 shirts and 4 pairs of trousers in a suitcase. How many different outfits of one shirt and one pair are possible?"] = 5m * 4m,
        ["The temperature was minus 6 degrees at dawn and rose by 15 degrees until noon. What was it at noon?"] = -6m + 15m,
        ["A bakery sold 120 rolls on Monday and 30 fewer on Tuesday. How many were sold on both days together?"] = 120m + (120m - 30m),
    };

    /// <summary>Conversions by their factors.</summary>
    public static IReadOnlyDictionary<string, decimal> Units { get; } = new Dictionary<string, decimal>(StringComparer.Ordinal)
    {
        ["How many centimetres are in 3.2 metres?"] = 3.2m * 100m,
        ["Convert 4,500 grams to kilograms."] = 4500m / 1000.0m,
        ["How many minutes make up 3 hours and a quarter?"] = 3m * 60m + 15m,
        ["Express 2 days in hours."] = 2m * 24m,
        ["How many millilitres are there in 1.75 litres?"] = 1.75m * 1000m,
        ["A distance of 7 kilometres is how many metres?"] = 7m * 1000m,
        ["How many seconds does a quarter of an hour have?"] = 15m * 60m,
        ["Convert 90 seconds to minutes, as a decimal."] = 90m / 60.0m,
        ["What is 0 degrees Celsius in degrees Fahrenheit?"] = 0m * 9m / 5m + 32m,
        ["What is 68 degrees Fahrenheit in degrees Celsius?"] = (68m - 32m) * 5m / 9m,
        ["How many millimetres fit into 12 centimetres?"] = 12m * 10m,
        ["Three dozen is how many?"] = 3m * 12m,
        ["How many days are in 6 weeks?"] = 6m * 7m,
        ["An area of 2 square metres is how many square centimetres?"] = 2m * 100m * 100m,
        ["One cubic metre of water is how many litres?"] = 10m * 10m * 10m,
        ["How many inches are in 5 feet?"] = 5m * 12m,
        ["Change 72 kilometres per hour into metres per second."] = 72m * 1000m / 3600m,
        ["How many cents are 4.35 dollars?"] = 4.35m * 100m,
        ["A half marathon is about 21 kilometres. How many metres is that?"] = 21m * 1000m,
        ["How many bits are in 16 bytes?"] = 16m * 8m,
        ["How many hours pass in a leap year's February?"] = 29m * 24m,
        ["Convert 250 milligrams into grams, as a decimal."] = 250m / 1000.0m,
        ["How many yards are 18 feet?"] = 18m / 3m,
        ["How many right angles make a full turn of 360 degrees?"] = 360m / 90m,
    };
}
