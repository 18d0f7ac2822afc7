"""The things that scenes are made of: what they are called, what they are, and which emoji show them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    name: str
    plural: str
    category: str
    #: Unicode code points of the emoji that show it, lower-case hexadecimal.
    codes: tuple[str, ...]


#: Kinds that English names without an article: "An image of grapes."
WITHOUT_ARTICLE = frozenset({"grapes", "scissors", "corn", "bread", "fries", "cherries", "glasses", "broccoli"})

#: Of these, the ones that are plural by themselves: "Are there grapes?"
PLURAL_FORM = frozenset({"grapes", "scissors", "fries", "cherries", "glasses"})

#: category: its plural
CATEGORIES = {
    "animal": "animals",
    "food": "food",
    "plant": "plants",
    "vehicle": "vehicles",
    "building": "buildings",
    "clothing": "clothes",
    "instrument": "instruments",
    "ball": "balls",
    "thing": "things",
}

#: name[/plural where it is not name + s]: code points
_TABLE = {
    "animal": """
        dog: 1f436 1f415; cat: 1f431 1f408; horse: 1f40e 1f434; cow: 1f404 1f42e; pig: 1f416 1f437; rabbit: 1f407 1f430;
        lion: 1f981; tiger: 1f405 1f42f; bear: 1f43b; panda: 1f43c; monkey: 1f412 1f435; elephant: 1f418;
        chicken: 1f414 1f413; penguin: 1f427; owl: 1f989; duck: 1f986; frog: 1f438; turtle: 1f422; snake: 1f40d;
        fish/fish: 1f41f 1f420; whale: 1f433 1f40b; octopus/octopuses: 1f419; crab: 1f980; butterfly/butterflies: 1f98b;
        bee: 1f41d; snail: 1f40c; mouse/mice: 1f42d 1f401; fox/foxes: 1f98a; koala: 1f428; camel: 1f42b; giraffe: 1f992;
        zebra: 1f993; sheep/sheep: 1f411; deer/deer: 1f98c; crocodile: 1f40a; dolphin: 1f42c; shark: 1f988;
        spider: 1f577; ladybug: 1f41e; eagle: 1f985; squirrel: 1f43f; dragon: 1f409; unicorn: 1f984; dinosaur: 1f995 1f996;
        rhino: 1f98f""",
    "food": """
        apple: 1f34e; banana: 1f34c; grapes/grapes: 1f347; strawberry/strawberries: 1f353; watermelon: 1f349; lemon: 1f34b;
        pineapple: 1f34d; carrot: 1f955; corn/corn: 1f33d; pizza: 1f355; burger: 1f354; cake: 1f382; ice cream: 1f366;
        donut: 1f369; cookie: 1f36a; bread/bread: 1f35e; pear: 1f350; cherries/cherries: 1f352; avocado: 1f951;
        tomato/tomatoes: 1f345; eggplant: 1f346; broccoli/broccoli: 1f966; pepper: 1f336; egg: 1f95a; pretzel: 1f968;
        croissant: 1f950; hot dog: 1f32d; taco: 1f32e; fries/fries: 1f35f; lollipop: 1f36d; coffee/coffees: 2615""",
    "plant": """
        tree: 1f333 1f332; palm tree: 1f334; flower: 1f337 1f33b 1f339; cactus/cactus: 1f335; mushroom: 1f344;
        clover: 1f340""",
    "vehicle": """
        car: 1f697; bus/buses: 1f68c; truck: 1f69a; train: 1f682; bike: 1f6b2; motorcycle: 1f3cd; plane: 2708;
        helicopter: 1f681; rocket: 1f680; boat: 26f5; tractor: 1f69c; ambulance: 1f691; scooter: 1f6f4; ship: 1f6a2 1f6f3;
        spaceship: 1f6f8""",
    "building": """
        house: 1f3e0 1f3e1; castle: 1f3f0; church/churches: 26ea; tent: 26fa; tower: 1f5fc""",
    "clothing": """
        hat: 1f3a9; shoe: 1f45f; shirt: 1f455; dress/dresses: 1f457; crown: 1f451; glasses/glasses: 1f453;
        backpack: 1f392; ring: 1f48d; sock: 1f9e6""",
    "instrument": """
        guitar: 1f3b8; drum: 1f941; trumpet: 1f3ba; violin: 1f3bb; piano: 1f3b9""",
    "ball": """
        soccer ball: 26bd; basketball: 1f3c0; football: 1f3c8""",
    "thing": """
        sun: 2600 1f31e; moon: 1f319; star: 2b50; cloud: 2601; rainbow: 1f308; snowman/snowmen: 26c4 2603; fire: 1f525;
        balloon: 1f388; book: 1f4d5 1f4d6; phone: 1f4f1; laptop: 1f4bb; camera: 1f4f7; clock: 23f0; key: 1f511;
        umbrella: 2614 1f302; gift: 1f381; bell: 1f514; light bulb: 1f4a1; scissors/scissors: 2702; hammer: 1f528;
        robot: 1f916; ghost: 1f47b; heart: 2764; teddy bear: 1f9f8; trophy/trophies: 1f3c6;
        smiley face: 1f600 1f642 1f60a; snowflake: 2744; microphone: 1f3a4; puzzle: 1f9e9; television: 1f4fa;
        battery/batteries: 1f50b; magnet: 1f9f2; candle: 1f56f; bomb: 1f4a3; pencil: 270f; envelope: 2709; lock: 1f512;
        anchor: 2693; globe: 1f30d 1f30e; diamond: 1f48e; pumpkin: 1f383; skull: 1f480; alien: 1f47d; kite: 1fa81;
        chair: 1fa91""",
}

#: The kinds that the first demo model knew: the "given domain" of the figures.
GIVEN = frozenset(
    """dog,cat,horse,pig,rabbit,lion,panda,monkey,elephant,chicken,penguin,frog,turtle,fish,octopus,butterfly,bee,apple,banana,
grapes,strawberry,watermelon,pineapple,carrot,pizza,burger,cake,donut,ice cream,tree,flower,cactus,sun,star,rainbow,snowman,
fire,car,bus,train,bike,plane,helicopter,rocket,boat,house,castle,soccer ball,guitar,book,laptop,camera,clock,umbrella,hat,
crown,gift,robot,ghost,heart,balloon,smiley face""".replace("\n", "").split(",")
)


def _read(table: dict[str, str]) -> dict[str, Kind]:
    kinds = {}
    for category, lines in table.items():
        for entry in " ".join(lines.split()).split("; "):
            names, codes = entry.split(": ")
            name, _, plural = names.partition("/")
            kinds[name] = Kind(name, plural or name + "s", category, tuple(codes.split()))
    return kinds


KINDS = _read(_TABLE)
NAMES = tuple(KINDS)
INDEX = {name: index for index, name in enumerate(NAMES)}


def with_article(name: str) -> str:
    """'a dog', 'an owl', 'grapes'."""
    return name if name in WITHOUT_ARTICLE else f"{article(name)} {name}"


def article(words: str) -> str:
    """'a' or 'an', whichever these words begin with."""
    return "an" if words[0] in "aeiou" and not words.startswith("unicorn") else "a"
