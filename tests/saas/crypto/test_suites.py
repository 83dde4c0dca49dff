"""The algorithms give what their standards print, and notice every change."""

import hashlib
import hmac
import os

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from saas.crypto.suites import AES, SM4, SUITES, SealBrokenError, Suite, get_suite

BOTH = [SUITES[name] for name in sorted(SUITES)]


def test_sm4_gcm_gives_the_vector_of_rfc_8998() -> None:
    key, nonce = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210"), bytes.fromhex("00001234567800000000ABCD")
    bound = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    halves = ("AA", "BB", "CC", "DD", "EE", "FF", "EE", "AA")
    plain = b"".join(bytes.fromhex(half) * 8 for half in halves)

    sealed = SM4.encrypt(key, nonce, plain, bound)

    assert sealed.hex().upper() == (
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )
    assert SM4.decrypt(key, nonce, sealed, bound) == plain


def test_sm4_gives_the_block_of_gm_t_0002() -> None:
    block = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")

    encryptor = Cipher(algorithms.SM4(block), modes.ECB()).encryptor()  # noqa: S305 - the standard's own example

    assert encryptor.update(block).hex().upper() == "681EDF34D206965E86B3E94F536E4246"


def test_sm3_gives_the_digest_of_gm_t_0004() -> None:
    assert hashlib.new("sm3", b"abc").hexdigest() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_aes_256_gcm_gives_the_vector_of_its_designers() -> None:
    sealed = AES.encrypt(bytes(32), bytes(12), bytes(16), b"")

    assert sealed.hex() == "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"


@pytest.mark.parametrize("suite", BOTH, ids=lambda suite: suite.name)
def test_a_changed_bit_or_a_cut_end_is_noticed(suite: Suite) -> None:
    key, nonce = os.urandom(suite.key_bytes), os.urandom(12)
    sealed = suite.encrypt(key, nonce, "身份证".encode(), b"here")
    flipped = [
        bytes(byte ^ (1 << (i % 8)) if i == at else byte for i, byte in enumerate(sealed)) for at in range(len(sealed))
    ]

    for wrong in (*flipped, sealed[:-1], sealed[:10], b""):
        with pytest.raises(InvalidTag):
            suite.decrypt(key, nonce, wrong, b"here")


@pytest.mark.parametrize("suite", BOTH, ids=lambda suite: suite.name)
def test_the_mac_is_the_hash_s_hmac_and_keys_of_two_purposes_differ(suite: Suite) -> None:
    assert suite.mac(b"key", b"text") == hmac.new(b"key", b"text", suite.digest).digest()
    assert suite.derive(b"s" * 32, b"one") != suite.derive(b"s" * 32, b"two")
    assert len(suite.derive(b"s" * 32, b"one")) == suite.key_bytes


def test_an_unknown_suite_is_refused_in_words() -> None:
    with pytest.raises(SealBrokenError, match="不认识的加密算法"):
        get_suite("des")
