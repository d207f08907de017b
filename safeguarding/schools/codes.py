"""Class codes: three short words and two digits, easy to read aloud and to type on a tablet."""

import re
import secrets

WORDS = (
    "acorn amber apple april arrow atlas autumn badge baker bamboo banjo barley basil basket beach beacon bear beaver "
    "berry birch biscuit blossom bonnet bottle boulder branch bread breeze brick bridge bright brook brush bubble "
    "bucket bumble butter button cabin cactus camel candle canoe canvas caravan cardigan carpet carrot castle cedar "
    "cello chalk cherry chess chestnut circle citrus clay cliff clock cloud clover coast cobble cocoa comet compass "
    "copper coral corner cosmos cotton cousin cricket crystal cumin curtain daffodil dahlia daisy dancer dawn desert "
    "dolphin donkey dragon drum duckling easel eagle echo elbow elder emerald engine falcon feather fennel fern ferry "
    "fiddle field finch flame flask flint flower flute forest fossil fountain fox freckle frost garden garlic garnet "
    "gecko giant ginger giraffe glacier globe glove goblet golden gravel guitar hammock harbour harp hazel hedge "
    "heron hickory hill honey horizon icicle iguana indigo island ivory jacket jasmine jelly jigsaw jolly journey "
    "juniper kayak kettle kitten kiwi koala ladder lagoon lantern lark laurel lavender lemon lentil lilac lily linen "
    "lizard llama lobster lotus lunar magnet magpie mango maple marble marigold meadow melody melon mint mirror mitten "
    "monsoon moon moss mountain muffin museum mustard nectar needle nest nettle noodle north nutmeg oak oasis ocean "
    "olive onion opal orange orbit orchard orchid otter owl oyster paddle panda paper parcel parrot parsley pasture "
    "peach peanut pebble pelican pencil penguin pepper piano picnic pigeon pillow pine planet plum pocket pollen pond "
    "poplar poppy potato prairie pumpkin puppet puzzle quartz quilt quiver rabbit radish rain raven ribbon river robin "
    "rocket rope rosemary rowan ruby saddle saffron sail salad salmon sandal satin scarf season seed shadow shell "
    "shield silver sketch slate slipper snow sparrow spice spinach spiral spoon spring spruce squirrel star stone "
    "stream summer sunny swallow swan syrup table tango teapot thimble thistle thunder tiger timber tomato topaz tower "
    "trail train treasure trumpet tulip tunnel turnip turtle twig umbrella valley vanilla velvet village violet violin "
    "wagon walnut waffle water wave whale wheat whistle willow window winter wonder wood yellow yoghurt zebra zigzag"
).split()


def new_code() -> str:
    """One of over 3,000 million, so that guessing one of some thousand in use is hopeless; no word stands twice."""
    words = secrets.SystemRandom().sample(WORDS, 3)
    return "-".join([*words, str(secrets.randbelow(90) + 10)])


def tidy_code(typed: str) -> str:
    """What a pupil typed, as the code is stored: capitals, spaces and stray marks do not matter."""
    return "-".join(re.findall(r"[a-z]+|[0-9]+", typed.lower()))
