"""The texts of the typing test: ours, about the work, in letters that every English keyboard has.

A test gives more text than anybody can type in its time, so several are put one after the other.
"""

from collections.abc import Callable, Sequence

CHARACTERS_A_MINUTE = 1500  # 300 words: more than `keystrokes.FASTEST` lets anybody type

PASSAGES = {
    "first-call": (
        "The first call of the day is often the hardest one. You put on the headset, open the tools and read the notes "
        "of the last shift. Then the line rings. You give your name and the name of the company, and you ask how you "
        "can help. A good agent does not rush this part. The customer has waited, and wants to know that somebody is "
        "there. Listen until they have said all of it. Repeat the point in your own words, so that both of you know "
        "what is to be done. If you have to look something up, say so and say how long it takes. When the case is "
        "solved, tell them what happens next and ask if there is anything else. Write the note while you still "
        "remember each detail."
    ),
    "quiet-chat": (
        "In a chat team you help two or three people at once. While one of them looks for an order number, you answer "
        "the next. It looks easy from outside, but it asks for a clear head. Short sentences work best. Put one "
        "question in each message, or the customer will answer only the last. Saved replies are useful, yet they "
        "sound cold when nobody changes them. Add the name, and one line about this case. Read your answer once "
        "before you send it, because you cannot take it back. If the chat goes silent, wait a little and ask if they "
        "are still there. Close it only after you have told them how to come back. A chat that ends well is a note "
        "that the next agent can read in ten seconds."
    ),
    "clean-data": (
        "Data entry is simple work that is hard to do well for eight hours. You read a form, you key in what it says, "
        "and you check it before you save. The fingers learn the way after some weeks, and then the eyes must not "
        "fall asleep. Most errors come from lines that look alike: two dates, two amounts, a zero and the letter next "
        "to it. Keep the paper straight, and follow the line with a ruler or with your cursor. Never guess a field "
        "that you cannot read. Mark it, and send it to the person who can ask. A wrong entry travels far. It becomes "
        "a bill, a letter and a call, and somebody else has to find out where it began. Slow and right is faster than "
        "fast and twice."
    ),
    "team-huddle": (
        "Before the shift begins, the team meets for ten minutes. The team leader says what changed since yesterday: "
        "a new price, a system that is slow, a letter that went out to many customers. Then she asks who had a call "
        "that went badly, and what would have helped. Nobody is blamed in this talk. It is the one moment of the day "
        "when all can hear the same thing. A short huddle saves a long queue, because people do not need to ask each "
        "other later. New agents should write down two points and one question. At the end the leader shows the "
        "numbers of the week, and says which one matters today. After that everybody logs in at the same minute, and "
        "the phones start to ring."
    ),
    "angry-customer": (
        "An angry customer is not angry with you. The parcel did not come, the bill was wrong, or this is the third "
        "call about the same thing. Let them speak first. If you stop them, they will begin again from the start. Say "
        "that you understand what went wrong, and name it. Then move to what you can do now. Do not promise what "
        "another team decides. Say what you will ask for, and when you will call back. Keep your voice low and even, "
        "for people follow the tone that they hear. If the words become abuse, tell them calmly that you will end the "
        "call, and do what your rules say. Afterwards take a breath, drink some water, and write a fair note. The "
        "next caller should not pay for the last one."
    ),
    "night-shift": (
        "Many teams work while their own city sleeps, because the customers are on the other side of the world. The "
        "first weeks of nights feel strange. Your body asks for a bed at three in the morning and is wide awake at "
        "noon. It helps to keep one rhythm, also on days off. Eat something light before the shift, and save the "
        "coffee for its first half. Make the bedroom dark, and tell the family when they should not knock. Ask before "
        "you sign how you get home, who pays for it, and what the night is worth in money. Some people like the calm "
        "and the empty streets. Others find after three months that it is not for them, and move to a day process. "
        "Both are good reasons to ask early."
    ),
    "quality-check": (
        "A quality analyst listens to calls that are over. For each one there is a sheet: the greeting, the questions, "
        "the answer, the tone, the note. Some lines are worth more than others. A wrong answer about money fails the "
        "whole call, however kind the voice was. The analyst gives a score, but the score is not the point. The point "
        "is one thing that the agent can do better tomorrow. So the talk about it should be short and honest, and it "
        "should begin with what went well. Two analysts often listen to the same call and compare their sheets. Where "
        "they differ, the rule was not clear, and the rule is what must change. Good quality work makes calls easier, "
        "and not longer."
    ),
    "first-week": (
        "In the first week of training you learn three things at once: the product, the tools and the way to speak. "
        "There is a test at the end, and most people worry about it. The trainer has seen many groups, and knows where "
        "they get lost. Ask early, because ten others have the same question. Take notes by hand, and put the screens "
        "in the order in which you use them. Sit with an agent who has been there for a year, and watch what they do "
        "between two calls. They will show you short ways that no book has. After training comes a time of practice "
        "with real customers, where somebody sits close by. You will be slow, and that is expected. Speed comes by "
        "itself once you no longer look for the buttons."
    ),
    "workforce-desk": (
        "Somebody has to know how many people are needed at ten past four on a rainy Monday. That is the work of the "
        "workforce desk. They look at the calls of last year, add what is new, and guess how many will come in each "
        "half hour. Then they turn calls into people, and people into shifts. When the guess is wrong, they see it on "
        "the screen within minutes. They move a break, cancel a meeting or ask a second team to take over. Few "
        "customers know that this desk is there, but they notice when it is not. The work asks for numbers and for "
        "patience with people, because a schedule is also somebody's evening. Many who do it began on the phones and "
        "were the ones who always asked why."
    ),
    "written-reply": (
        "A written reply to a customer has four parts. Thank them for writing, and name what they wrote about. "
        "Answer the question in the second line, where they will see it. Then explain what they have to do, one step "
        "in each line. Close with what happens next, and with a name. Long replies are read badly, on a small phone, "
        "in a bus. Cut every sentence that does not help. Check the name, the order number and the date, because one "
        "wrong digit makes the whole letter look careless. Do not copy words from the law unless you have to. If the "
        "customer asked three things, number your three answers. Before you send it, read it once as if it had come "
        "to you. Would you know what to do now?"
    ),
    "back-office": (
        "Not every job in this field is about talking. In the back office people check papers, set up accounts, match "
        "payments and mend what went wrong elsewhere. The work comes as a queue of cases, and each case has a clock. "
        "You open the oldest first, unless a rule says that another cannot wait. Half of the skill is to see quickly "
        "what is missing. The other half is to ask for it once, in words that nobody can get wrong. A good case is "
        "closed by one person on one day. When you hand it on, write what you did and what you did not do. The next "
        "person should never have to begin again. Teams like people who are exact, who say when they do not know, and "
        "who finish what they open."
    ),
    "team-leader": (
        "A team leader has fifteen people and one aim: that they do well and stay. In the morning she looks at who is "
        "there, who is late and who was unhappy yesterday. During the day she walks, listens and helps with the hard "
        "cases. Once a week she sits down with each agent for a quarter of an hour. They look at two calls together, "
        "and choose one thing to work on. It is tempting to talk about numbers only, but numbers say what happened and "
        "not why. The best leaders remember who learns for an exam, whose child is ill and who wants to try another "
        "line of work. They also write things down, because a promise that was forgotten costs more than one that was "
        "never made."
    ),
    "job-interview": (
        "The talk for a first job in this field is rarely about what you know. They want to hear how you listen, and "
        "whether you stay calm. Read about the company for twenty minutes, and have three questions of your own. Bring "
        "the papers that they asked for, and one copy of each. When they ask why you want the job, tell the truth in "
        "two sentences. If you have never worked before, speak of a time when you helped somebody who was upset. There "
        "may be a test of typing, and one of speech. Nobody expects you to be perfect. They look for clear words and "
        "for care. And remember the rule that protects you: a real employer never asks you for money. Not for a form, "
        "not for a uniform, and not for training."
    ),
    "good-notes": (
        "The note in the system is the memory of the whole team. It should say who called, what they wanted, what you "
        "found, what you did and what is still open. Five short lines are enough. Write what was said, not what you "
        "think of the person, because customers may ask to read it. Use the same words for the same things, so that a "
        "search finds them. If you promised a call, write the day and the hour. If you changed an address, write the "
        "old one too. A note made during the call is better than one from memory, and a short note today is better "
        "than a long one tomorrow. When somebody opens the case next month, they will know in half a minute where to "
        "go on. That somebody may well be you."
    ),
}


def chain(choose: Callable[[Sequence[str]], str], *, minutes: int, not_first: str = "") -> list[str]:
    """Names of passages in the order in which they are typed, enough for `minutes`; none twice.

    `choose` takes one of several. The test does not begin with the passage `not_first`.
    """
    rest = list(PASSAGES)
    chosen: list[str] = []
    while rest and len(text_of(chosen)) < CHARACTERS_A_MINUTE * minutes:
        options = [name for name in rest if chosen or name != not_first]
        chosen.append(choose(options))
        rest.remove(chosen[-1])
    return chosen


def text_of(names: Sequence[str]) -> str:
    """Return the passages as one text, with a blank between two; raises KeyError where one is not known."""
    return " ".join(PASSAGES[name] for name in names)
