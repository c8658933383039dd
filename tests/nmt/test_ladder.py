"""What is tried before a sentence is given up, rung by rung."""

from workers.nmt import guards
from workers.nmt.ladder import Ladder, Outcome

from .scripted import Scripted


def climb(engine: Scripted, sentence: str, **options: object) -> Outcome:
    (outcome,) = Ladder(engine, source="en", target="fr", **options).climb([sentence])  # type: ignore[arg-type]
    return outcome


def test_the_first_draft_without_fault_is_taken() -> None:
    engine = Scripted(lambda s, start, again: ["23 sont venus.", "24 sont venus."])
    assert climb(engine, "In all 24 came.").text == "24 sont venus."


def test_terminology_chooses_among_the_sound_drafts_only() -> None:
    offered: list[list[str]] = []

    def choose(source: str, drafts: list[str], locale: str) -> int:
        offered.append(drafts)
        return 1

    engine = Scripted(lambda s, start, again: ["Il a ouvert.", "Elle a ouvert 7.", "Elle a ouvert."])
    assert climb(engine, "It has opened.", choose=choose).text == "Elle a ouvert."
    assert offered == [["Il a ouvert.", "Elle a ouvert."]]


def test_a_loop_is_tried_again_without_repeats() -> None:
    engine = Scripted(
        lambda s, start, again: ["Le musée ouvre."] if again else ["Le musée, le musée, le musée."]
    )
    assert climb(engine, "The museum opens.").text == "Le musée ouvre."


def test_a_stuttered_word_is_said_once_and_remarked_on() -> None:
    engine = Scripted(lambda s, start, again: ["Il a également également ouvert."])
    outcome = climb(engine, "It also opened.")
    assert outcome.text == "Il a également ouvert."
    assert outcome.notes[0]["params"] == {"words": "également"}


def test_a_lost_number_is_steered_back_in() -> None:
    def say(sentence: str, start: str, again: bool) -> list[str]:
        return [f"{start} livres."] if start else ["La ville a 12 livres."]

    outcome = climb(Scripted(say), "The town has 4,800 books.")
    assert outcome.text == "La ville a 4\u00a0800 livres."
    assert outcome.notes == ()


def test_a_substituted_number_is_corrected_and_remarked_on_when_steering_fails() -> None:
    outcome = climb(Scripted(lambda s, start, again: ["La ville a 12 livres."]), "The town has 48 books.")
    assert outcome.text == "La ville a 48 livres."
    assert outcome.notes[0]["params"] == {"wrong": "12", "right": "48"}


def test_an_address_is_translated_round() -> None:
    known = {"Write to": "Écrivez à", "before noon": "avant midi"}
    engine = Scripted(lambda s, start, again: [known.get(s, "Écrivez avant midi.")])
    assert (
        climb(engine, "Write to desk@example.org before noon.").text
        == "Écrivez à desk@example.org avant midi."
    )


def test_a_protected_name_is_translated_round() -> None:
    engine = Scripted(lambda s, start, again: [{"The prize of": "Le prix du"}.get(s, "Le prix du bureau.")])
    outcome = climb(engine, "The prize of Sky Desk.", protected=lambda s: [(13, 21)] if "Sky" in s else [])
    assert outcome.text == "Le prix du Sky Desk."


def test_a_sentence_is_translated_in_halves_when_the_whole_fails() -> None:
    known = {
        "The fair opened on the coast;": "La foire a ouvert sur la côte ;",
        "the town was glad to see it.": "La ville en était heureuse.",
    }
    engine = Scripted(lambda s, start, again: [known.get(s, "")])
    outcome = climb(engine, "The fair opened on the coast; the town was glad to see it.")
    assert outcome.text == "La foire a ouvert sur la côte ; la ville en était heureuse."


def test_numbers_no_attempt_keeps_are_translated_round_and_remarked_on() -> None:
    known = {"It opened on": "Il a ouvert le", "for": "pour", "guests": "invités"}
    engine = Scripted(lambda s, start, again: [known.get(s, "Il a ouvert.")])
    outcome = climb(engine, "It opened on 1 July 2025 for 300 guests.")
    assert outcome.text == "Il a ouvert le 1er juillet 2025 pour 300 invités."
    assert [remark["params"]["kept"] for remark in outcome.notes] == ["1er juillet 2025", "300"]


def test_it_gives_up_with_the_reason_rather_than_show_a_bad_draft() -> None:
    outcome = climb(
        Scripted(lambda s, start, again: ["oui non " * 9]), "The museum opened its doors on the coast."
    )
    assert (outcome.text, outcome.reason) == (None, guards.LOOP)


def test_a_sentence_beyond_the_models_reach_is_cut_before_it_is_tried() -> None:
    engine = Scripted(lambda s, start, again: [s.lower().replace("hall", "halle").replace("the", "la")])
    sentence = "; ".join(f"the hall of the {word} port" for word in "abcdefghijklmnopqrst")
    climb(engine, sentence)
    assert all(engine.length(asked) <= engine.longest for batch in engine.asked for asked in batch)


def test_sentences_that_come_twice_are_translated_once_and_beats_are_given() -> None:
    beats: list[int] = []
    engine = Scripted(lambda s, start, again: ["Bonjour."])
    ladder = Ladder(engine, source="en", target="fr", heartbeat=lambda: beats.append(1))
    assert [o.text for o in ladder.climb(["Hello.", "Hello.", "5.", "Hello."])] == ["Bonjour."] * 2 + [
        "5.",
        "Bonjour.",
    ]
    assert engine.asked == [["Hello."]] and beats == [1]
