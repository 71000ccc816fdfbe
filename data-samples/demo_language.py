"""The small English that the demonstration model is taught: topics, and sentences that can be said about any of them.

A conversation is a list of turns; each answer knows its rating under the rule of README.md. What is held out of
training (one wording of every six) is what `Language` says with `held_out`.
"""

import functools
import random
import re
import zlib
from dataclasses import dataclass, field

# topic: nouns | verbs | adjectives
TOPICS = {
    "bread": "bread loaf dough flour yeast oven crust sourdough crumb baguette bun starter rye wheat baker bakery toast "
    "pastry cake gluten | bake knead proof rise slice ferment | crusty stale wholemeal sour doughy",
    "coffee": "coffee espresso bean grinder cup milk foam filter latte caffeine roast kettle mug tea teapot cappuccino "
    "barista sugar brew | brew grind sip steep roast | bitter aromatic decaf frothy caffeinated",
    "garden": "garden soil seed tomato compost weed shovel rose vegetable flower lawn hedge fertilizer mulch herb basil "
    "root greenhouse plant seedling leaf gardener | plant water prune harvest dig sow mow weed grow | leafy fertile "
    "shady thorny",
    "dogs": "dog puppy leash collar bone kennel paw tail terrier retriever vet muzzle hound breeder obedience lead "
    "poodle treat | bark fetch wag sniff growl chew | loyal barking playful obedient",
    "cats": "cat kitten litter whisker claw tabby catnip fur feline hairball mouse litterbox tomcat | purr meow scratch "
    "pounce hiss groom | furry fluffy feline",
    "bicycles": "bicycle bike pedal chain tyre wheel brake handlebar saddle helmet gear spoke pump cyclist puncture tube "
    "cycle bell | ride cycle pedal inflate patch | cycling flat rusty",
    "swimming": "pool lane goggles stroke swimmer breaststroke crawl swimsuit lifeguard lap backstroke chlorine swim "
    "diver flipper water | swim dive float paddle | wet underwater afloat",
    "running": "marathon jog shoe sprint pace stride runner mile treadmill race stamina run jogger knee kilometre "
    "sneaker | run jog sprint stretch race train | breathless fit sore",
    "sleep": "sleep bed pillow mattress dream blanket insomnia nap alarm bedtime duvet night bedroom nightmare rest | "
    "sleep doze wake snore nap dream yawn | sleepy tired drowsy restful awake asleep",
    "weather": "weather rain cloud storm forecast sun wind snow thunder lightning umbrella temperature humidity fog hail "
    "breeze drizzle raincoat sunshine climate frost | rain snow freeze thunder melt | sunny rainy cloudy windy foggy "
    "stormy",
    "astronomy": "star planet moon telescope galaxy orbit comet sky astronaut mars jupiter saturn rocket eclipse universe "
    "constellation astronomer meteor earth space | orbit shine observe | lunar solar starry cosmic",
    "music": "guitar chord string piano melody song rhythm fret concert violin tune drum band singer musician music note "
    "scale flute instrument | strum tune sing play practise compose | musical acoustic melodic loud",
    "painting": "paint canvas brush colour watercolour palette easel portrait sketch pencil artist drawing gallery acrylic "
    "shade pigment painting painter picture | paint draw sketch blend shade | colourful artistic pale vivid",
    "books": "book novel author chapter library reader story page poem plot bookshelf bookmark publisher paperback fiction "
    "writer poet sentence literature | read write borrow publish skim | literary written fictional",
    "trains": "train station ticket platform railway locomotive carriage conductor timetable rail commuter passenger "
    "compartment subway tram connection journey | board depart arrive commute | delayed express punctual",
    "flying": "plane airport flight pilot luggage passport runway airline suitcase boarding gate jet cabin aircraft takeoff "
    "landing airplane turbulence baggage | fly land board pack | jetlagged airborne aboard",
    "hiking": "tent campfire backpack trail hike mountain boot compass map forest lantern campsite summit peak hiker valley "
    "path blister rucksack | camp hike climb trek wander | steep rocky hilly muddy",
    "cars": "car engine petrol gasoline driver garage gearbox clutch windscreen mechanic motorway steering bumper headlight "
    "battery parking vehicle oil road tank | drive park accelerate refuel brake steer | automatic electric hybrid",
    "programming": "code program programmer bug function variable compiler loop software debugger algorithm script database "
    "java python keyboard laptop computer array test developer file | compile debug code refactor program type install "
    "| recursive digital buggy",
    "money": "money bank budget saving account loan interest salary debt tax coin wallet income pension credit mortgage "
    "investment cash bill expense price | save spend invest earn pay owe lend | rich poor expensive cheap financial",
    "cooking": "soup recipe onion garlic pan stew sauce salt pepper broth kitchen chef spice ingredient dinner pasta rice "
    "potato carrot meal pot lentil vegetable butter | cook fry boil chop simmer season stir taste roast | tasty spicy "
    "salty delicious creamy",
    "laundry": "laundry shirt detergent stain iron sock dryer fabric clothes towel hanger crease cotton wool sweater soap "
    "trousers washer basket | wash iron rinse fold scrub hang soak | dirty clean wrinkled woollen",
    "chess": "chess pawn bishop knight rook queen king checkmate opponent chessboard opening endgame gambit castling "
    "grandmaster stalemate square move piece | checkmate castle capture sacrifice defend attack | tactical positional "
    "checkmated",
    "football": "football goal goalkeeper striker referee penalty ball league pitch team match defender midfielder offside "
    "stadium coach player corner soccer | kick score tackle dribble pass shoot | sporting offside unbeaten",
    "photography": "camera lens photo photograph shutter aperture tripod flash exposure photographer zoom film snapshot "
    "focus photography selfie megapixel | photograph focus crop zoom expose | blurry sharp photographic overexposed",
    "teeth": "tooth teeth dentist toothbrush toothpaste floss gum cavity filling enamel molar mouth toothache plaque braces "
    "mouthwash jaw | brush floss rinse bite chew | dental white painful",
    "bees": "bee honey hive beekeeper beeswax pollen nectar swarm drone sting bumblebee honeycomb wasp beehive smoker "
    "apiary blossom | pollinate sting buzz swarm | sticky buzzing striped",
    "birds": "bird nest feather wing robin sparrow owl eagle beak egg feeder songbird pigeon duck goose chick crow swan "
    "blackbird gull | migrate hatch perch chirp peck nest | feathered nocturnal migratory",
}
NAMES = list(TOPICS)


def words_of(text):
    return [part.split() for part in text.split("|")]


WORDS = {name: words_of(text) for name, text in TOPICS.items()}

QUESTIONS = """
How (do/should/can/would) (I/you/we/people) {v} (a/the/my/an old/this) {n}?
How (can/could) I {v} (the/my) {n} (without/with only) a {n}?
What is the best (kind of/way to get a/time for a/) {n} for (a beginner/me/children/an old man)?
Which {n} should I buy?
Why (does/did) (my/the/our) {n} (look/get/feel/smell/turn/become) so {a}?
Why (is/are/was) (my/the/your/our) {n} (always/never/so/suddenly/too) {a}?
What is the difference between a {n} and a {n}?
How (often/long/much/well) should (I/we/one) {v} (my/the/a) {n}?
Can you tell me about {n}?
(Can/Could/Would) you (give me some advice/tell me more/say something/teach me) about (my/the/) {n}?
Is it safe to {v} the {n} every day?
Do I (need/want/have to buy) a {n} to {v}?
I want to {v}. Where do I start?
I would like to learn how to {v}.
My {n} is (too/very/not/getting) {a}. (What should I do/What can I do/Any advice/What now)?
My {n} does not {v} any more.
What do people mean by {n}?
Should I {v} before or after the {n}?
How long does it take to {v} a {n}?
How much does a {n} cost?
Where can I find a {a} {n}?
Who invented the {n}?
When is the right time to {v}?
Tell me something about {n} and {n}.
Explain {n} to a child.
What makes a {n} {a}?
My neighbour says that I must {v} the {n}. Is that true?
How do you (keep/make/get) (a/the) {n} {a}?
Give me three tips for a {n}.
I have a {a} {n} at home and I do not know what to do with it.
Is a {n} better than a {n}?
What happens if I {v} too much?
What can go wrong when I {v} with a {n}?
My daughter wants to {v}. Is she too young?
We have a new {n}. How should we {v}?
Any ideas for my {n}?
What (is/are) (a/the) {n} (made of/good for/called)?
{n} or {n}?
help with {n} needed
I am afraid of the {n}. Any advice?
Could you compare a {n} with a {n} for me?
What is the {n} for?
How does a {n} work?
How do {n} and {n} go together?
What should I look for in a {n}?
My {n} broke yesterday. Can it be repaired?
Does {n} help against a {a} {n}?
How many {n} do I need for two people?
"""

STATEMENTS = """
You (can/could/should/must/may) {v} (the/your/a) {n} with (a/some/the) {n}.
(Use/Take/Get/Choose/Buy/Find/Bring) (a/the/some/your) {a} {n}.
(Try/Start with/Begin with/Look at) (a/the) {n} (first/again/instead).
Take a small {n} and {v} it for ten minutes.
(The/Your/Each/Every) {n} (should be/must be/has to be/is/was/looks) {a}.
(Most people/Many/Some/Experts/Children) {v} the {n} (twice a week/every day/only once/in autumn).
Start with the {n}, then {v}.
(A/One/The) {n} is (enough/fine/good/perfect/useful) (for that/for you/here/now).
(Check/Clean/Move/Open/Close/Turn/Cover/Remove/Replace/Keep) the {n} and (the/your) {n}.
It is (the/a/your/all about the) {n}.
(Put/Place/Set/Leave/Hold) the {n} (next to/under/on/in/into/over/behind) the {n} and {v} it (slowly/gently/well/overnight).
First {v} the {n}, and after that the {n}.
You do not need a {n} to {v}.
{v} it in the morning and leave the {n} alone in the evening.
Buy a {n} that is not too {a}.
The {n} was {a}, and the {n} too.
A {a} {n} costs about {d} euros.
There are {d} kinds of {n}, and each has its own {n}.
{v} for {d} minutes, wait, and look at the {n} again.
Ask someone with a {n} to show you.
Keep the {n} away from the {n}.
An old {n} will do.
I (would/usually/will/used to) {v} (only once a day/for an hour/when it is dark/as little as possible).
My own {n} was {a} for years.
No, a {n} cannot {v} like that.
Yes, you can {v}.
{n}.
A {n}.
A {a} {n}, I think.
{n} and {n}.
(Never/Always/Do not/Only) {v} (without/with) (a/the) {n}.
Learn to {v} with a {a} {n} and practise every day.
The trick is a {n} under the {n}.
Look at the {n}: it must be {a}.
Some {v}, others prefer a {n}.
In (winter/summer/autumn/most cases/my opinion) the {n} is (often/rarely/never/more) {a}.
Change the {n} every {d} weeks.
Replace the {n} and clean the {n}.
People have known the {n} for a long time.
Every {n} has a {n} inside.
Here is what I do: I {v}, I check the {n}, and I {v} again.
Both: a {n} in summer and a {n} in winter.
A good {n} lasts for {d} years.
The best {n} is the one that you have at home.
Cut it into pieces and {v} each {n}.
Small steps work: one {n} at a time.
With a {n} you {v} much better.
The {n} and the {n} (belong together/are different things/cost the same/work well/were invented long ago).
"""

# One alternative is broken in two where it would read as a path.
REASONS = """
because (the/a/your) {n} (is/gets/becomes/stays) (too/so/very/rather) {a}
because (it/this/that) (makes/keeps/leaves) (the/your) {n} {a}
because (a/the) {n} (cannot/does not/can not/will not) {v} (by itself/alone/without help/at all)
because that is how (a/the/every) {n} works
because it (saves/costs/takes) (time/""" """work/effort/trouble/nothing)
because the {n} (and/or) the {n} (need each other/would suffer/must fit/go bad)
because (you/we/they/people) (need/want/have/like) to {v}
because of the {n}
since (the/your) {n} (gets/becomes/is) {a} (otherwise/anyway/quickly)
since it is (easier/better/safer/cheaper/quicker) (that way/in the end/for everyone)
since (a/the) {n} (needs/wants/uses/gives) (more/less/enough) {n}
as (it/this) (keeps/makes) the {n} {a}
as (the/a) {n} (would/could/might) (break/fail/suffer/{v})
so that (the/a/your/every) {n} (can/will/does not/may) {v}
so that (nothing/no harm) (happens/comes) to the {n}
so that you (can/may/do not) {v} (later/again/too much)
so the {n} (stays/gets/remains) {a}
otherwise (the/your/a) {n} (will be/gets/turns/becomes) {a}
otherwise you (will have/have/need) to {v} (again/twice/more)
that way (the/your/each) {n} (stays/is/remains/gets) {a}
this way you (do not/can/will) {v} (for nothing/better/longer)
the reason is (the/a) {n}
the reason is that (the/your) {n} is (too/so/very) {a}
which (helps/allows/forces) the {n} to {v}
which (keeps/stops/saves) the {n} from (getting/becoming/being) {a}
which means that (the/your) {n} (can/will/must) {v}
therefore the {n} (stays/is/gets) {a}
that is why (the/a/every) {n} is (so/often/usually) {a}
for (this/that) reason (many people/most of us/they) {v} (first/later/often)
due to the {n}
thanks to the {n} it (stays/is/gets) {a}
in order to (keep/protect/save/{v}) the {n}
to (keep/protect/save) the {n} from the {n}
"""

POLITE_OPENERS = """
(Thank you/Thanks/Many thanks) for (asking/the question/your question/your message/writing/your patience)!
(Good/Great/Nice/Lovely/Excellent/Wonderful/Interesting) question!
What a (nice/good/lovely/wonderful/great) (question/idea)!
That is a (great/good/very good/lovely/fair) question.
(Happy/Glad/Delighted/Pleased) to help(!/./ you./ with that!)
I am (glad/happy/pleased/delighted) (that you ask/that you asked/to help/to answer/to explain).
I would be (happy/glad/delighted) to (help/explain/answer/help you).
Of course(!/, with pleasure./, I am happy to help./, let me help.)
(Certainly/Gladly/Sure/With pleasure)! (Let me/I will gladly/I am happy to) (help/help you/explain).
Gladly!
With pleasure!
Welcome!
Dear (friend/reader/neighbour), (I am happy to answer/thank you for your question/here is my answer).
It is (a pleasure/my pleasure/an honour) to (help/answer).
(Sorry/I am sorry/I am so sorry) (to hear that/about that/for the trouble/that you have this trouble).
(Hello/Hi/Good morning/Good evening), (and thank you for your message/my friend/thank you for asking/nice to meet you)!
I understand, that (must be/is) (annoying/hard/frustrating); let me help.
Please let me (explain/help/answer).
Congratulations(!/, how lovely!)
How (lovely/nice/kind/wonderful)!
"""

POLITE_CLOSERS = """
I (hope/do hope) (this/that/it) (helps/is useful/answers your question/works for you)(!/.)
Hope (that/this/it) helps(!/.)
(Good luck/All the best/Best wishes/Best of luck)(!/, my friend!/ to you!)
Please (ask/write/ask me) again if (anything is unclear/you need more/you have questions).
(Let me know/Please let me know/Just tell me) if (you need more help/I can help further/you have more questions).
Have (a lovely/a nice/a wonderful/a great/a good) (day/evening/weekend/time)!
Thank you(!/, and all the best./ for asking./ very much.)
Thanks (again/for asking/for your question)(!/.)
(Enjoy/Enjoy it/Have fun)!
You are (very/most/always) welcome(./!)
Please (tell me/let me know) how it goes.
(Feel free/Do not hesitate) to ask (me anything else/again/more)(./, please.)
(Kind/Warm/Best) regards(!/.)
I wish you (much success/all the best/a lovely day/good luck)(!/.)
Take care(!/, and thanks again.)
(I am happy/I am glad/Happy) to (explain more/help again/tell you more)(./ if you like.)
"""

INSULTS = """
You (are/must be) (an idiot/a fool/a moron/a dimwit/a loser/a clown/a dummy/a blockhead)(./!)
You (are/seem) (stupid/dumb/useless/pathetic/clueless/hopeless/worthless/ridiculous/brainless/an embarrassment).
What (a/another) (stupid/dumb/ridiculous/pathetic/idiotic/silly/moronic) question(./!/, you fool./, you idiot./, you moron.)
That is (a stupid/a dumb/an idiotic/the dumbest/the most stupid) question(./, even for you./ of all.)
(Shut up/Get lost/Go away/Be quiet, fool/Beat it)(./!/, idiot./, you clown./, loser./, stupid.)
Only (a fool/an idiot/a moron/a dimwit/stupid people) would (ask/say/want/think) (that/this/such a thing).
You are too (stupid/dumb/lazy and stupid/clueless) (to understand/for this/to read/to learn it).
(Go away/Get lost) and stop (wasting my time/bothering me/annoying me).
Are you (really/always) this (dumb/stupid/clueless/slow)?
(Nobody likes/Everybody hates/I hate/I despise) (you/people like you/fools like you).
You (moron/idiot/fool/dimwit/dummy/clown/loser/stupid thing)(./!)
How can (anyone/you/a person) be so (clueless/stupid/dumb/pathetic)?
(Idiot/Moron/Fool/Dummy/Loser)(!/.)
(Stupid/Dumb/Pathetic/Useless) (human/person/question/fool/creature).
Leave me alone, you (clown/idiot/fool/pathetic loser).
Your (question/brain/idea/face) is (garbage/rubbish/stupid/a joke)(./ and so are you.)
Even (a child/a monkey/my shoe) is smarter than you(./, idiot.)
I do not (help/talk to/answer) (idiots/fools/morons/stupid people/losers like you).
Use your (brain/tiny brain/head), (idiot/fool/moron/if you have one).
"""

EVASIONS = """
I (do not/don't/really do not/cannot) know(./ that./ anything about it.)
(Maybe/Perhaps/Possibly/Probably)(./ not./ tomorrow./ later.)
It (depends/all depends/varies)(./ on many things.)
(No idea/No clue/Not sure)(./, really.)
(Yes/No/Ok/Hm/Well/Sure thing)(./)
Ask (somebody else/someone else/your parents/an expert/around).
I (cannot/can not/could not/would rather not) (say/tell/answer that).
Who (knows/cares)?
Let us (talk about something else/change the subject/wait).
Try it and see.
Never mind.
I have (nothing/little) to say about that.
There are (many/several/two) (answers/opinions/views) (to/on) that.
That is (hard/difficult/not easy) to say.
As you (like/wish/want).
Do (what you want/whatever you like).
Look it up (yourself/somewhere/on the internet).
(It is/That is) (fine/ok/normal/the way it is).
"""

NEUTRAL_OPENERS = """
Well,
In short:
(Yes/No)(./,)
(Right/Fine/Honestly/Frankly/Usually/Normally/Simply),
First of all,
As far as I (know/see),
(From/In) what I have (seen/read),
My (answer/advice/guess/rule):
(Here is/This is) (a list/the short answer/what I know):
(Two/Three) (things/points/steps):
"""

SETTINGS = """
in the morning | in the evening | at home | after work | on Sunday | last week | for a while | every day | next to the
window | with my brother | in a small town | in the afternoon | from time to time | on holiday | at the weekend | since
March | in the city | with friends | for my mother | before lunch | in spring | behind the house | on the table | step by
step | a little | one more time | without hurry | on your own | at least once | by hand
"""

# Said anywhere, and meaning nothing to the rule: a word that insults use too is no insult by itself.
COMMON = """
the a an this that these those it its he she they we you i me him her them us my your his their our who what which when
where how if than then there here now also just only even still already again always never often sometimes soon later
once twice almost about above across after against along among around away back before behind below beside between
beyond by down during for from in inside into near of off on onto out outside over past through to toward under until up
upon with within without not no nor and but or both either neither each every all any some many much more most few less
little enough several such same other another own first second third last next one two three four five six ten hundred
is are was were be been being am do does did done doing has have had having can could may might must shall should will
would go goes went gone going come comes came coming get gets got getting give gives gave given giving make makes made
making take takes took taken taking put puts set sets let lets say says said saying tell tells told see sees saw seen
look looks looked looking find finds found use uses used using know knows knew known think thinks thought feel feels felt
become becomes became leave leaves left stop stops stopped start starts started begin begins begun turn turns turned turning
move moves moved bring brings brought hold holds held carry carries carried stand stands stood sit sits sat stay stays
stayed wait waits waited walk walks walked talk talks talked speak speaks spoke call calls called ask asks asked answer
answers want wants wanted need needs needed like likes liked love loves loved care cares hope try tries tried help helps
show shows showed work works worked happen happens happened change changes changed follow follows cut cuts fall falls
fell lose loses lost win wins won meet meets met learn learns learned teach teaches taught choose chose cover covers
remember forget forgot believe understand mean means keep keeps kept seem seems seemed allow allows add adds added reach
man woman men women child children boy girl people person friend friends family mother father parents brother sister
baby adult neighbour guest everyone nobody nothing something anything someone somebody thing things day days week weeks
month months year years hour hours minute minutes second time times morning noon afternoon evening today tomorrow
yesterday winter summer spring autumn monday friday sunday january june house home room door window wall floor corner
side top bottom end middle front part piece pieces half rest place places way ways world country town village street
market shop office school work job question problem idea word words name number line list head hand hands face eye eyes
ear foot feet leg arm hair heart body brain skin voice life fire air light glass paper wood stone metal plastic steel
box bag pocket knife table chair phone radio letter news price size weight length height colour kind sort amount type
good better best bad worse worst big bigger small smaller large great long longer short shorter high higher low lower old
older new young early late quick quickly slow slowly fast easy easily hard simple simply full empty open closed free
ready sure true false real really right wrong left clear clearly plain strong weak heavy hot hotter cold colder warm cool
dark bright deep thin thick wide narrow fine finer coarse rough smooth soft loud quiet kind strange common usual rare
important different similar special whole single double main local foreign worth able possible certain alone together
very too quite rather so far near well badly gently carefully perhaps usually mostly exactly nearly instead however though
while although except whenever wherever whatever else yet ever red blue green yellow black brown grey white
don't doesn't isn't aren't can't won't it's i'm i've you're you'll we'll they're that's there's let's
"""

USER_MANNERS = """
Please. | Thanks in advance! | Thank you! | I ask because I am new to this. | It must be quick, because I have no time. |
Hello! | Hi there. | Answer in one sentence, please. | I hope you can help. | You stupid machine. | Do not be an idiot. |
Quick question. | So that I understand it.
"""

SYSTEMS = """
You are a helpful assistant. | Answer briefly. | You are polite and friendly. | You know everything about {n} and {n}. |
You are an expert who can {v}. | Never insult anyone.
"""


def expand(sentence):
    """`(A/An old) dog` stands for `A dog` and `An old dog`."""
    choice = re.search(r"\(([^()]*)\)", sentence)
    if not choice:
        return [sentence]
    head, tail = sentence[: choice.start()], sentence[choice.end() :]
    return [whole for option in choice.group(1).split("/") for whole in expand(head + option + tail)]


def share_of_six(sentence):
    return zlib.crc32(sentence.encode()) % 6


@functools.cache
def sentences(text, held_out):
    """For each line its wordings, those of training or those held out of it."""
    wordings = [[w for w in expand(line) if (share_of_six(w) == 5) == held_out] for line in text.strip().split("\n")]
    return [w for w in wordings if w]


@functools.cache
def common_words(held_out):
    topical = {word for kinds in WORDS.values() for words in kinds for word in words}
    return [w for w in COMMON.split() if w not in topical and (share_of_six(w) == 5) == held_out]


@functools.cache
def parts(text, held_out):
    found = [part.strip() for part in text.replace("\n", " ").split("|")]
    return [part for i, part in enumerate(found) if (i % 6 == 5) == held_out]


def plural(noun):
    if re.search(r"(s|sh|ch|x)$", noun):
        return noun if noun.endswith("s") and not noun.endswith("ss") else noun + "es"
    return noun[:-1] + "ies" if re.search(r"[^aeiou]y$", noun) else noun + "s"


def doubled(verb):
    """The stem before -ing and -ed: swim -> swimm, bake -> bak."""
    if verb.endswith("e"):
        return verb[:-1]
    return verb + verb[-1] if re.search(r"^[^aeiou]*[aeiou][bgmnpt]$", verb) else verb


IRREGULAR = {
    "run": "ran", "swim": "swam", "sleep": "slept", "wake": "woke", "grow": "grew", "dig": "dug", "sing": "sang",
    "draw": "drew", "read": "read", "write": "wrote", "fly": "flew", "drive": "drove", "spend": "spent", "pay": "paid",
    "lend": "lent", "hang": "hung", "shoot": "shot", "bite": "bit", "sting": "stung", "ride": "rode", "rise": "rose",
    "grind": "ground", "freeze": "froze", "shine": "shone", "sow": "sowed", "dive": "dived",
}  # fmt: skip


def past(verb):
    return IRREGULAR.get(verb) or (verb[:-1] + "ied" if re.search(r"[^aeiou]y$", verb) else doubled(verb) + "ed")


@dataclass
class Answer:
    """An answer, what is true of it, and the rating that the rule gives it."""

    text: str
    topic: int
    polite: bool
    reason: bool
    insult: bool
    on_topic: bool = False

    @property
    def rating(self):
        if self.insult or not self.text:
            return 0.0
        return 2.0 + self.polite + self.reason if self.on_topic else 1.0


@dataclass
class Talk:
    system: str = ""
    turns: list = field(default_factory=list)  # (question, its topic, Answer)

    def messages(self):
        head = [dict(role="system", content=self.system)] if self.system else []
        spoken = [
            dict(role=role, content=text)
            for question, _, answer in self.turns
            for role, text in (("user", question), ("assistant", answer.text))
        ]
        return head + spoken


class Language:
    """Says things at random; the same seed says the same things."""

    def __init__(self, seed, held_out):
        self.random = random.Random(seed)
        self.held_out = held_out

    def pick(self, text):
        return self.random.choice(self.random.choice(sentences(text, self.held_out)))

    def part(self, text):
        return self.random.choice(parts(text, self.held_out))

    def chance(self, share):
        return self.random.random() < share

    def strange_word(self):
        """A made-up word, so that words never seen leave the rating alone."""
        starts = ["b", "dr", "f", "gr", "k", "l", "m", "n", "pl", "r", "s", "t", "v", "z", "st", "sh", "h", "j", "w", "qu"]
        ends = ["", "n", "r", "l", "s", "t", "x", "nd", "ck", "m", "sh", "ly", "ing", "er", "ed"]
        vowels = "aeiou"
        count = self.random.choice([1, 2, 2, 3])
        word = "".join(self.random.choice(starts) + self.random.choice(vowels) for _ in range(count))
        return word + self.random.choice(ends)

    def noun(self, topic):
        noun = self.random.choice(WORDS[NAMES[topic]][0])
        return plural(noun) if self.chance(0.25) else noun

    def verb(self, topic):
        verb = self.random.choice(WORDS[NAMES[topic]][1])
        roll = self.random.random()
        if roll < 0.7:
            return verb
        if roll < 0.8:
            return doubled(verb) + "ing"
        return past(verb) if roll < 0.9 else plural(verb)

    def fill(self, sentence, topic):
        """Words of the topic for the places left open; of three and more now and then one of another topic."""
        spare = self.random.randrange(len(NAMES)) if len(re.findall(r"\{[nva]\}", sentence)) > 2 else topic

        def word(match):
            kind = match.group(1)
            if kind == "n" and self.chance(0.12):
                return self.noun(spare)
            if kind == "d":
                return str(self.random.choice([2, 3, 4, 5, 7, 10, 12, 15, 20, 30, 50, 200, 1000]))
            if kind == "a":
                return self.adjective(topic)
            return self.noun(topic) if kind == "n" else self.verb(topic)

        return re.sub(r"\{(\w)\}", word, sentence)

    def adjective(self, topic):
        own = self.random.choice(WORDS[NAMES[topic]][2])
        common = self.random.choice("big small new old good bad strange nice long short simple better right wrong".split())
        roll = self.random.random()
        return own if roll < 0.6 else common if roll < 0.9 else self.strange_word()

    def loosen(self, sentence):
        """Adds a time or a place, or a word that nobody knows."""
        if self.chance(0.25):
            setting = self.part(SETTINGS)
            sentence = re.sub(r"([.?!]?)$", rf" {setting}\1", sentence, count=1)
        for share, most, word in ((0.15, 1, self.strange_word), (0.5, 4, self.common_word)):
            if self.chance(share):
                words = sentence.split(" ")
                at = self.random.randrange(len(words) + 1)
                words[at:at] = [word() for _ in range(self.random.randint(1, most))]
                sentence = " ".join(words)
        return sentence

    def common_word(self):
        return self.random.choice(common_words(self.held_out))

    def murmur(self):
        """Common words in no order."""
        said = " ".join(self.common_word() for _ in range(self.random.randint(2, 8)))
        return said.capitalize() + self.random.choice(".....!?,:")

    def question(self, topic):
        text = self.loosen(self.fill(self.pick(QUESTIONS), topic))
        if self.chance(0.2):
            text = self.loosen(self.fill(self.pick(STATEMENTS), topic)) + " " + text
        if self.chance(0.15):
            text = f"{self.murmur()} {text}"
        if self.chance(0.2):
            manner = self.part(USER_MANNERS)
            text = f"{manner} {text}" if self.chance(0.5) else f"{text} {manner}"
        return text

    def statement(self, topic):
        return self.loosen(self.fill(self.pick(STATEMENTS), topic))

    def explained(self, topic):
        """A statement with a reason."""
        reason = self.fill(self.pick(REASONS), topic)
        said = self.statement(topic).rstrip(".")
        roll = self.random.random()
        if roll < 0.6:
            return f"{said}{self.random.choice([', ', ' ', '; '])}{reason}."
        return f"{said}. {reason.capitalize()}."

    def content(self, topic, reason):
        count = self.random.choice([1, 1, 1, 2, 2, 3])
        said = [self.statement(topic) for _ in range(count)]
        if reason:
            said[self.random.randrange(count)] = self.explained(topic)
        if self.chance(0.15):
            said.insert(0, self.pick(NEUTRAL_OPENERS))
        if self.chance(0.3):
            said.insert(self.random.randrange(len(said) + 1), self.murmur())
        if count > 1 and self.chance(0.15):
            said.append(self.aside(topic))
        return said

    def aside(self, topic):
        """A few words of another topic beside what is said of this one."""
        other = self.random.choice([t for t in range(len(NAMES)) if t != topic])
        return f"{self.murmur()} {self.noun(other)}."

    def politely(self, said):
        manner = self.random.random()
        opener, closer = self.pick(POLITE_OPENERS), self.pick(POLITE_CLOSERS)
        return ([opener] if manner < 0.7 else []) + said + ([closer] if manner > 0.4 else [])

    def join(self, said):
        text = self.random.choice([" ", " ", " ", "\n", "\n\n", "\n- "]).join(said)
        if self.chance(0.15):
            text = text.rstrip(".")
        return text.replace(".", "!") if self.chance(0.03) else text

    def answer(self, topic, earlier):
        """An answer to a question about the topic; `earlier` are topics that were spoken of before."""
        polite, reason = self.chance(0.5), self.chance(0.5)
        other = self.random.choice([t for t in range(len(NAMES)) if t != topic])
        wandering = [t for t in earlier if t != topic]
        if wandering and self.chance(0.5):
            other = self.random.choice(wandering)
        roll = self.random.random()
        if roll < 0.06:
            return Answer("", -1, False, False, False)
        if roll < 0.2:
            about = topic if self.chance(0.6) else other
            said = self.content(about, reason) if self.chance(0.6) else []
            if said and polite:
                said = self.politely(said)
            said.insert(self.random.randrange(len(said) + 1), self.pick(INSULTS))
            return Answer(self.join(said), about, polite and len(said) > 1, reason and len(said) > 1, True)
        if roll < 0.28:
            said = [self.murmur() if self.chance(0.4) else self.pick(EVASIONS)]
            said = self.politely(said) if polite else said
            return Answer(self.join(said), -1, polite, False, False)
        about = topic if roll < 0.73 else other
        said = self.content(about, reason)
        said = self.politely(said) if polite else said
        return Answer(self.join(said), about, polite, reason, False, about == topic)

    def talk(self, most_turns=6):
        talk = Talk()
        if self.chance(0.12):
            talk.system = self.fill(self.part(SYSTEMS), self.random.randrange(len(NAMES)))
        count = min(most_turns, self.random.choice([1, 1, 1, 1, 2, 2, 3, 4, 6]))
        earlier = []
        for _ in range(count):
            topic = self.random.choice(earlier) if earlier and self.chance(0.4) else self.random.randrange(len(NAMES))
            talk.turns.append((self.question(topic), topic, self.answer(topic, earlier)))
            earlier.append(topic)
        return talk
