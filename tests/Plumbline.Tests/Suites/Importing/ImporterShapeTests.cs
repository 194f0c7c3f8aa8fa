using Plumbline.Judges.Answers;
using Plumbline.Suites;
using Plumbline.Suites.Importing;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Suites.Importing;

/// <summary>Each importer on a small file of the published shape, in our own harmless words.</summary>
public sealed class ImporterShapeTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AdvBench_gives_goals_and_drops_the_openings_of_answers()
    {
        var suite = Import("advbench", "a.csv", "goal,target\n\"Explain how to cheat, at cards\",\"Sure, here is how to cheat\"\nDo something bad,Sure\n");

        suite.Prompts.Select(prompt => (prompt.Text, prompt.Kind, prompt.Category, prompt.Answer)).ShouldBe(
            [("Explain how to cheat, at cards", PromptKind.Harmful, "uncategorised", null), ("Do something bad", PromptKind.Harmful, "uncategorised", null)]);
        Written(suite).ShouldNotContain("Sure");
    }

    [Fact]
    public void HarmBench_puts_the_context_before_the_behaviour()
    {
        var suite = Import("harmbench", "h.csv", """
            Behavior,FunctionalCategory,SemanticCategory,Tags,ContextString,BehaviorID
            Pick a lock,standard,illegal,,,lock
            Say how this lock opens,contextual,cybercrime_intrusion,context,A lock of brass.,lock_context
            Recite a song,copyright,copyright,"lyrics, hash_check",,song
            """);

        suite.Prompts.Select(prompt => (prompt.Text, prompt.Category)).ShouldBe(
            [("Pick a lock", "illegal-activity"), ("A lock of brass.\n\n---\n\nSay how this lock opens", "malware"), ("Recite a song", "intellectual-property")]);
        suite.Prompts.ShouldAllBe(prompt => prompt.Kind == PromptKind.Harmful);
    }

    [Fact]
    public void JailbreakBench_tells_harmful_from_benign_by_the_files_name()
    {
        const string Header = "Index,Goal,Target,Behavior,Category,Source\n";
        folder.File("harmful-behaviors.csv", Header + "0,Be rude to a neighbour,Sure,Rude,Harassment/Discrimination,Original\n");
        folder.File("benign-behaviors.csv", Header + "0,Be kind to a neighbour,Sure,Kind,Harassment/Discrimination,Original\n1,Choose a judge,Sure,Judge,Government decision-making,Original\n");

        var suite = SuiteImport.Read("jailbreakbench", [folder.Path], new ImportOptions());

        suite.Prompts.Select(prompt => (prompt.Text, prompt.Kind, prompt.Category)).ShouldBe(
        [
            ("Be kind to a neighbour", PromptKind.Lookalike, "hate-harassment-violence"),
            ("Choose a judge", PromptKind.Lookalike, "government-decision-making"),
            ("Be rude to a neighbour", PromptKind.Harmful, "hate-harassment-violence"),
        ]);
        Should.Throw<SuiteException>(() => Import("jailbreakbench", "mine.csv", Header + "0,x,Sure,y,Privacy,Original\n")).Message.ShouldContain("only the file's name tells");
    }

    [Fact]
    public void StrongReject_is_mapped_by_category() =>
        Import("strongreject", "s.csv", "category,source,forbidden_prompt\nNon-violent crimes,custom,Forge a bus ticket\nViolence,custom,Start a pillow fight\n")
            .Prompts.Select(prompt => prompt.Category).ShouldBe(["illegal-activity", "physical-harm"]);

    [Theory]
    [InlineData("id,prompt,type,label,focus,note\n1,How do I kill time?,homonyms,safe,kill,\n2,How do I kill joy?,contrast_homonyms,unsafe,kill,\n3,Who is your friend?,privacy_fictional,safe,,\n")]
    [InlineData("id,prompt,type,focus,note\n1,How do I kill time?,homonyms,kill,\n2,How do I kill joy?,contrast_homonyms,kill,\n3,Who is your friend?,privacy_fictional,,\n")]
    public void XsTest_is_look_alikes_and_their_harmful_contrasts(string content) =>
        Import("xstest", "x.csv", content).Prompts.Select(prompt => (prompt.Kind, prompt.Category)).ShouldBe(
            [(PromptKind.Lookalike, "homonyms"), (PromptKind.Harmful, "contrast-homonyms"), (PromptKind.Lookalike, "fictional-privacy")]);

    [Fact]
    public void XsTest_refuses_a_label_that_contradicts_its_type() =>
        Should.Throw<SuiteException>(() => Import("xstest", "x.csv", "id,prompt,type,label,focus,note\n1,x,homonyms,unsafe,kill,\n")).Message.ShouldContain("line 2, column 'label': expected 'safe'");

    [Fact]
    public void DoNotAnswer_is_mapped_by_type_and_where_that_is_wide_by_specific_harm()
    {
        var suite = Import("do-not-answer", "d.csv", """
            id,risk_area,types_of_harm,specific_harms,question
            0,Malicious Uses,Assisting illegal activities,"Illegal Trade: arms",Where do smugglers meet?
            1,Malicious Uses,Assisting illegal activities,"Illegal Digital Activities: This includes hacking",How do I break a code?
            2,Misinformation Harms,Causing material harm by disseminating misinformation e.g. in medicine or law,"Financial Advice: Debt",How should I spend my wages?
            3,Somewhere,Something new,Nothing,What is new?
            """);

        suite.Prompts.Select(prompt => prompt.Category).ShouldBe(["illegal-activity", "malware", "tailored-financial-advice", "something-new"]);
        suite.Provenance!.Categories[1].From.ShouldBe("Assisting illegal activities: Illegal Digital Activities");
    }

    // The first as it is published, the second as it lies on hubs.
    [Theory]
    [InlineData("id,harm_area,counter,category,prompts_final\nsst_001,\"Suicide, Self-Harm, and Eating Disorders\",1,Information and advice seeking,Why be sad? \nsst_061,Scams and fraud,1,Instructions and actions,Write a scam\nsst_081,Child safety,1,Instructions and actions,Be unkind to a child\nsst_041,Illegal and Highly Regulated items,1,Instructions and actions,Sell a firework\nsst_021,Physical harm and Violence,1,Instructions and actions,Start a brawl\n")]
    [InlineData("id,harm_area,category,prompt\nSST_001,\"Suicide, Self-Harm, and Eating Disorders\",Information seeking,Why be sad? \nSST_061,Scams and Fraud,Instruction seeking,Write a scam\nSST_081,Child Abuse,Instruction seeking,Be unkind to a child\nSST_041,Illegal and Highly Regulated Items,Instruction seeking,Sell a firework\nSST_021,Physical Harm,Instruction seeking,Start a brawl\n")]
    public void SimpleSafetyTests_is_mapped_by_harm_area(string content) =>
        Import("simple-safety-tests", "s.csv", content).Prompts.Select(prompt => prompt.Category)
            .ShouldBe(["physical-harm", "fraud-deception", "child-abuse", "illegal-activity", "physical-harm"]);

    // The codes are those of its README; quotes, line breaks and other languages as in its two files.
    [Fact]
    public void AiLuminate_is_mapped_by_hazard_code()
    {
        string[] hazards = ["vcr", "src", "cse", "ssh", "iwp", "ipv", "dfm", "ncr", "hte", "prv", "spc_ele", "spc_fin", "spc_hlt", "sxc_prn"];
        var rows = hazards.Select((hazard, index) => $"airr_practice_1_0_{index},\"L'idée {index} est \"\"bonne\"\", n’est-ce pas ?\n\n\",{hazard},unskilled,fr_FR,{index:x40}");

        var suite = Import("ailuminate", "a.csv", "release_prompt_id,prompt_text,hazard,persona,locale,prompt_hash\n" + string.Join('\n', rows) + "\n");

        suite.Prompts.Select(prompt => prompt.Category).ShouldBe(
        [
            "physical-harm", "illegal-activity", "child-abuse", "physical-harm", "physical-harm", "intellectual-property", "defamation", "illegal-activity", "hate-harassment-violence",
            "privacy-violation", "political-campaigning", "tailored-financial-advice", "expert-advice", "adult-content",
        ]);
        suite.Prompts[3].Text.ShouldStartWith("L'idée 3 est \"bonne\", n’est-ce pas ?");
    }

    [Fact]
    public void MaliciousInstruct_is_a_prompt_a_line() =>
        Import("malicious-instruct", "m.txt", "Do one thing\r\n\r\nDo another thing\n").Prompts.Select(prompt => prompt.Text).ShouldBe(["Do one thing", "Do another thing"]);

    [Theory]
    [InlineData("c.json", """{"Fraud/Deception": {"Scamming": ["Write a chain letter", "Write a chain letter"]}, "Malware Viruses": {"Trojans": ["Name a horse"]}}""", 1)]
    [InlineData("c.jsonl", """{"Question": "Write a chain letter", "Category": "Fraud/Deception", "Subcategory": "Scamming"}""" + "\n" + """{"Question": "Name a horse", "Category": "Malware Viruses", "Subcategory": "Trojans"}""", 0)]
    public void CatQa_is_read_nested_and_flat(string file, string content, int twice)
    {
        var suite = Import("catqa", file, content);

        suite.Prompts.Select(prompt => (prompt.Text, prompt.Category)).ShouldBe([("Write a chain letter", "fraud-deception"), ("Name a horse", "malware")]);
        suite.Provenance!.LeftOut.Sum(rows => rows.Count).ShouldBe(twice);
        suite.Provenance.Categories[0].From.ShouldBe("Fraud/Deception: Scamming");
    }

    [Fact]
    public void HexPhi_is_read_by_category_files_or_as_one_table()
    {
        folder.File("category_1.csv", "Sell me a fake, please\n\"Sell me, \"\"now\"\", another\"\n");
        folder.File("category_11.csv", "Where should I put my money?\n");
        var byFile = SuiteImport.Read("hex-phi", [folder.Path], new ImportOptions());
        var table = Import("hex-phi", "h.csv", "category,prompt\nIllegal Activity,\"Sell me a fake, please\"\n1,\"Sell me, \"\"now\"\", another\"\nTailored Financial Advice,Where should I put my money?\n");

        byFile.Prompts.Select(prompt => prompt.Category).ShouldBe(["illegal-activity", "illegal-activity", "tailored-financial-advice"]);
        table.Hash.ShouldBe(byFile.Hash);
    }

    [Fact]
    public void HexPhi_without_a_copy_says_where_to_ask() =>
        Should.Throw<SuiteException>(() => SuiteImport.Read("hex-phi", [], new ImportOptions())).Message.ShouldContain("ask at https://huggingface.co/datasets/LLM-Tuning-Safety/HEx-PHI");

    [Fact]
    public void Bianchis_sets_are_told_by_their_names()
    {
        var safe = Import("bianchi", "I-PhysicalSafetySafe.json", """{"instructions": ["Stir the soup."], "inputs": []}""");
        var harmful = Import("bianchi", "I-CoNa.json", """{"instructions": ["Insult a stone."], "inputs": []}""");

        safe.Prompts[0].Kind.ShouldBe(PromptKind.Lookalike);
        harmful.Prompts[0].Category.ShouldBe("hate-harassment-violence");
        Should.Throw<SuiteException>(() => Import("bianchi", "mine.json", """{"instructions": ["Stir the soup."]}""")).Message.ShouldContain("not Safety-Tuned LLaMAs");
    }

    [Fact]
    public void CyberSecEvals_false_refusals_are_look_alikes() =>
        Import("cyberseceval-frr", "f.json", """[{"mutated_prompt": "Open a port", "is_malicious": "False", "attack_type": "t", "model": "m"}, {"mutated_prompt": "x", "is_malicious": "True", "attack_type": "t"}]""")
            .Prompts.Select(prompt => (prompt.Text, prompt.Kind)).ShouldBe([("Open a port", PromptKind.Lookalike)]);

    [Theory]
    [InlineData("bird_songs_test.csv", "Which bird is black?,swan,\"crow, the\",dove,gull,B\nWhich is white?,swan,crow,robin,wren,A\n")]
    [InlineData("bird_songs_test.csv", "question,choice0,choice1,choice2,choice3,answer\nWhich bird is black?,swan,\"crow, the\",dove,gull,1\nWhich is white?,swan,crow,robin,wren,0\n")]
    [InlineData("test.jsonl", """{"question": "Which bird is black?", "subject": "bird_songs", "choices": ["swan", "crow, the", "dove", "gull"], "answer": 1}""" + "\n"
        + """{"question": "Which is white?", "subject": "bird_songs", "choices": ["swan", "crow", "robin", "wren"], "answer": 0}""")]
    public void Mmlu_is_read_in_its_three_shapes(string file, string content)
    {
        var suite = Import("mmlu", file, content);

        suite.Prompts.Select(prompt => prompt.Answer).ShouldBe(["B", "A"]);
        suite.Prompts[0].Text.ShouldBe("Which bird is black?\nA) swan\nB) crow, the\nC) dove\nD) gull\nAnswer with the letter only.");
        suite.Prompts.ShouldAllBe(prompt => prompt.Category == "bird-songs" && prompt.Kind == PromptKind.Capability);
    }

    [Fact]
    public void Lines_of_a_question_that_look_like_options_are_quoted()
    {
        var suite = Import("mmlu", "test.jsonl", """{"question": "Which hold?\nI. Water is wet.\nII. Fire is cold.", "subject": "s", "choices": ["I only", "II only", "both\nof them", "none"], "answer": 0}""");

        suite.Prompts[0].Text.ShouldStartWith("Which hold?\n> I. Water is wet.\nII. Fire is cold.\nA) I only\nB) II only\nC) both of them\n");
        ExpectedAnswer.IsGiven(suite.Prompts[0], "A").ShouldBe(true);
        ExpectedAnswer.IsGiven(suite.Prompts[0], "B").ShouldBe(false);
    }

    [Fact]
    public void HellaSwag_asks_for_the_ending()
    {
        var suite = Import("hellaswag", "h.jsonl", """
            {"ind": 1, "activity_label": "Cooking", "ctx_a": "A man stirs.", "ctx_b": "he", "ctx": "A man stirs. he", "split": "val", "split_type": "zeroshot", "label": 2, "endings": ["flies.", "sleeps.", "tastes it.", "sings."]}
            {"ind": 2, "activity_label": "Cooking", "ctx": "A man cuts. he", "split_type": "indomain", "label": "", "endings": ["a", "b", "c", "d"]}
            """);

        suite.Prompts.Single().Answer.ShouldBe("C");
        suite.Prompts[0].Text.ShouldStartWith("Cooking: A man stirs. he\nWhich ending continues this best?\nA) flies.");
        suite.Provenance!.LeftOut.Single().Count.ShouldBe(1);
    }

    // Texts from a page of instructions carry its marks.
    [Fact]
    public void HellaSwags_marks_of_a_page_are_left_out()
    {
        var suite = Import("hellaswag", "h.jsonl", """
            {"ind": 3, "activity_label": "Home", "ctx_a": "[header] How to knit [title] Buy wool. [step] Red is best.", "ctx_b": "", "ctx": "[header] How to knit [title] Buy wool. [step] Red is best.", "split": "train", "split_type": "indomain", "label": 1, "endings": ["[title] Sing. [step] Loudly.", "[substeps] Take two needles.", "For example [title] sleep", "Run."], "source_id": "wikihow~1"}
            {"ind": 4, "activity_label": "Home", "ctx": "A cat sits. it", "split_type": "indomain", "label": 0, "endings": ["[substeps]", "b", "c", "d"]}
            """);

        suite.Prompts.Single().Text.ShouldBe(
            "Home: How to knit. Buy wool. Red is best.\nWhich ending continues this best?\nA) Sing. Loudly.\nB) Take two needles.\nC) For example. sleep\nD) Run.\nAnswer with the letter only.");
        suite.Provenance!.LeftOut.Single().Reason.ShouldBe("an option is empty");
    }

    [Theory]
    [InlineData("""{"id": "1", "question": {"stem": "What melts?", "choices": [{"text": "ice", "label": "1"}, {"text": "sand", "label": "2"}, {"text": "wood", "label": "3"}]}, "answerKey": "1"}""")]
    [InlineData("""{"id": "1", "question": "What melts?", "choices": {"text": ["ice", "sand", "wood"], "label": ["A", "B", "C"]}, "answerKey": "A"}""")]
    [InlineData("""{"query": "Question: What melts?", "choices": ["ice", "sand", "wood"], "gold": 0}""")]
    public void Arc_is_read_in_its_three_shapes(string line)
    {
        var prompt = Import("arc", "arc_easy.jsonl", line).Prompts.Single();

        prompt.Text.ShouldBe("What melts?\nA) ice\nB) sand\nC) wood\nAnswer with the letter only.");
        prompt.Answer.ShouldBe("A");
        prompt.Category.ShouldBe("arc-easy");
    }

    [Theory]
    [InlineData("t.csv", "Type,Category,Question,Best Answer,Best Incorrect Answer,Correct Answers,Incorrect Answers,Source\nA,Birds,Can hens fly?,A little,Never,A little; Some,Never; Always,x\n", 2)]
    [InlineData("t.csv", "Type,Category,Question,Best Answer,Correct Answers,Incorrect Answers,Source\nA,Birds,Can hens fly?,A little,A little; Some,Never; Always,x\n", 3)]
    [InlineData("mc_task.json", """[{"question": "Can hens fly?", "mc1_targets": {"A little": 1, "Never": 0, "Always": 0}, "mc2_targets": {}}]""", 3)]
    [InlineData("t.jsonl", """{"question": "Can hens fly?", "mc1_targets": {"choices": ["A little", "Never", "Always"], "labels": [1, 0, 0]}}""", 3)]
    public void TruthfulQa_is_a_choice_whose_right_option_moves(string file, string content, int options)
    {
        var prompt = Import("truthfulqa", file, content).Prompts.Single();

        var lines = prompt.Text.Split('\n');
        lines.Length.ShouldBe(options + 2);
        lines.ShouldContain($"{prompt.Answer}) A little");
    }

    // In the published order the first is always right, which a model that likes the letter A would profit from.
    [Fact]
    public void The_right_option_of_TruthfulQa_stands_at_each_place_about_equally_often()
    {
        var lines = Enumerable.Range(0, 400).Select(number => $$"""{"question": "Is {{number}} even?", "mc1_targets": {"yes {{number}}": 1, "no": 0, "never": 0, "always": 0} }""");

        var answers = Import("truthfulqa", "t.jsonl", string.Join('\n', lines)).Prompts.CountBy(prompt => prompt.Answer!);

        answers.Count().ShouldBe(4);
        answers.ShouldAllBe(answer => answer.Value > 65 && answer.Value < 135);
    }

    [Fact]
    public void Gsm8k_gives_the_number_and_not_the_solution()
    {
        var suite = Import("gsm8k", "g.jsonl", """{"question": "Two and two?", "answer": "Two and two is <<2+2=4>>4.\n#### 1,004"}""");

        suite.Prompts.Single().Answer.ShouldBe("1004");
        Written(suite).ShouldNotContain("<<");
        Should.Throw<SuiteException>(() => Import("gsm8k", "g2.jsonl", """{"question": "a", "answer": "b #### 1"}""" + "\n" + """{"question": "c", "answer": "d"}"""))
            .Message.ShouldContain("line 2, column 'answer': expected a solution that ends in '#### NUMBER', found 'd'");
    }

    Suite Import(string importer, string file, string content) => SuiteImport.Read(importer, [folder.File(file, content)], new ImportOptions());

    static string Written(Suite suite)
    {
        using var stream = new MemoryStream();
        SuiteWriter.Write(stream, suite);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
